//! Carries out a request on a runtime of its own.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::Arc;
use std::time::Instant;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use crate::poll_record::{PollRecord, TaskRecords};
use crate::programs;
use crate::request::{Request, TaskSpec};
use crate::shared_parts::SharedParts;
use crate::stamped::{name_worker, Stamped};
use crate::task::{duration, Task};

/// Spawns all tasks in order, from a thread outside the workers, each at its time; waits for the foreground, tells the
/// background to end, waits for it too.
pub fn run(request: Request) -> Result<Vec<TaskRecords>, String> {
    let runtime = start(request.workers, request.lifo_slot)
        .map_err(|error| format!("runtime did not start: {error}"))?;
    let shared = Arc::new(SharedParts::new());
    let origin = Instant::now();
    let mut order: Vec<(usize, &TaskSpec)> = request.tasks.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.spawn_ms.total_cmp(&b.spawn_ms));
    let mut spawned: Vec<(usize, Spawned)> = Vec::with_capacity(order.len());
    for (number, spec) in order {
        std::thread::sleep(duration(spec.spawn_ms).saturating_sub(origin.elapsed()));
        spawned.push((
            number,
            spawn(&runtime, spec, Task::new(origin, shared.clone())),
        ));
    }

    let mut records: Vec<TaskRecords> = spawned.iter().map(|_| TaskRecords::default()).collect();
    let (background, foreground): (Vec<_>, Vec<_>) =
        spawned.into_iter().partition(|(_, task)| task.background);
    runtime.block_on(async {
        collect(foreground, &mut records).await?;
        shared.drain();
        collect(background, &mut records).await
    })?;
    Ok(records)
}

fn start(workers: usize, lifo_slot: bool) -> std::io::Result<Runtime> {
    let next = AtomicI32::new(0);
    let mut builder = Builder::new_multi_thread();
    builder
        .worker_threads(workers)
        .enable_time()
        .on_thread_start(move || name_worker(next.fetch_add(1, Ordering::Relaxed)));
    if !lifo_slot {
        builder.disable_lifo_slot();
    }
    builder.build()
}

struct Spawned {
    task: Task,
    background: bool,
    polls: JoinHandle<Vec<PollRecord>>,
}

fn spawn(runtime: &Runtime, spec: &TaskSpec, task: Task) -> Spawned {
    let program: Pin<Box<dyn Future<Output = ()> + Send>> =
        programs::start(spec.program.clone(), task.clone());
    let polls = runtime.spawn(Stamped::new(task.meter.clone(), program));
    Spawned {
        task,
        background: spec.background,
        polls,
    }
}

async fn collect(tasks: Vec<(usize, Spawned)>, records: &mut [TaskRecords]) -> Result<(), String> {
    for (number, Spawned { task, polls, .. }) in tasks {
        let polls = polls
            .await
            .map_err(|error| format!("task {number} failed: {error}"))?;
        records[number] = TaskRecords {
            polls,
            events: task.take_events(),
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::parse;

    fn records(workers: usize, lifo_slot: bool, tasks: &str) -> Vec<TaskRecords> {
        let text = format!(r#"{{"workers":{workers},"lifoSlot":{lifo_slot},"tasks":[{tasks}]}}"#);
        run(parse(&text).expect("the request is well formed")).expect("the run succeeds")
    }

    fn tags(records: &TaskRecords) -> Vec<i32> {
        records.polls.iter().map(|poll| poll.tag).collect()
    }

    const PROBE: &str = r#"{"program":"probe","parameters":{"sleeps":3,"sleepMs":2,"phaseMs":1}}"#;
    const TWO_BLOCKS: &str =
        r#"{"program":"blocker","parameters":{"blocksMs":[5],"blocks":2,"restMs":null}}"#;

    #[test]
    fn records_every_poll_of_every_task_in_order_on_a_known_worker() {
        for lifo_slot in [true, false] {
            let all = records(2, lifo_slot, &[PROBE, TWO_BLOCKS, PROBE].join(","));
            assert_eq!(tags(&all[0]), [-1, -1, 0, 1, 2]);
            assert_eq!(tags(&all[1]), [0, 0]);
            assert_eq!(tags(&all[2]), [-1, -1, 0, 1, 2]);
            assert!(all
                .iter()
                .flat_map(|one| &one.polls)
                .all(|poll| (0..2).contains(&poll.worker)));
        }
    }

    #[test]
    fn runs_one_poll_a_worker_at_a_time_and_none_before_it_was_woken() {
        let all = records(
            2,
            true,
            &[PROBE, TWO_BLOCKS, PROBE, TWO_BLOCKS, TWO_BLOCKS].join(","),
        );
        let mut polls: Vec<_> = all.iter().flat_map(|one| one.polls.clone()).collect();
        polls.sort_by(|a, b| a.started_ns.total_cmp(&b.started_ns));
        for worker in 0..2 {
            let own: Vec<_> = polls.iter().filter(|poll| poll.worker == worker).collect();
            assert!(own
                .windows(2)
                .all(|pair| pair[1].started_ns >= pair[0].ended_ns));
        }
        assert!(polls
            .iter()
            .all(|poll| poll.enqueued_ns.is_nan() || poll.started_ns >= poll.enqueued_ns));
        let blocks: Vec<_> = [1, 3, 4]
            .iter()
            .flat_map(|&blocker| all[blocker as usize].polls.clone())
            .collect();
        assert!(blocks
            .iter()
            .all(|poll| poll.ended_ns - poll.started_ns >= 5e6));
    }

    #[test]
    fn a_second_block_is_due_after_the_rest_or_when_the_first_has_ended() {
        let resting =
            r#"{"program":"blocker","parameters":{"blocksMs":[5],"blocks":2,"restMs":3}}"#;
        let all = records(1, true, &[TWO_BLOCKS, resting].join(","));
        assert_eq!(all[0].polls[1].due_ns, all[0].polls[0].ended_ns);
        let rest = all[1].polls[1].due_ns - all[1].polls[0].started_ns;
        assert!(rest >= 8e6, "5 ms of block and 3 ms of sleep; got {rest}");
    }

    #[test]
    fn ends_background_tasks_when_the_foreground_is_done() {
        let endless = r#"{"program":"blocker","background":true,
            "parameters":{"blocksMs":[2,3],"blocks":null,"restMs":null}}"#;
        let all = records(2, true, &[PROBE, endless].join(","));
        assert_eq!(all[0].polls.len(), 5);
        assert!(!all[1].polls.is_empty());
    }

    #[test]
    fn spawns_a_task_at_its_time_under_the_number_it_has_in_the_request() {
        let late = TWO_BLOCKS.replace(r#""program""#, r#""spawnMs":6,"program""#);
        let all = records(1, true, &[&late, PROBE].join(","));
        assert!(all[0].polls[0].due_ns >= 6e6);
        assert_eq!((tags(&all[0]), all[1].polls.len()), (vec![0, 0], 5));
    }

    #[test]
    fn keeps_the_intended_time_of_an_open_loop_wake_up() {
        let wake_up = r#"{"program":"wakeUp","parameters":{"dueMs":7.5,"round":3}}"#;
        let all = records(1, true, wake_up);
        let last = all[0].polls.last().expect("it wakes");
        assert_eq!((last.tag, last.due_ns), (3, 7.5e6));
    }
}
