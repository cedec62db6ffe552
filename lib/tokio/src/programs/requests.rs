use tokio::time::timeout;

use crate::reading::Reading;
use crate::request::{Arrival, Client, Placement, RequestShape};
use crate::task::{duration, Task};

pub async fn client(task: Task, parameters: Client) {
    task.meter.set_tag(-1);
    if parameters.start_ms > 0.0 {
        task.sleep(parameters.start_ms).await;
    }
    for round in 0..parameters.requests {
        let number = parameters.client * parameters.requests + round;
        let began_ns = task.now_ns();
        request(
            &task,
            &parameters.shape,
            [number, parameters.client, round],
            began_ns,
            0.0,
        )
        .await;
    }
}

pub async fn arrival(task: Task, parameters: Arrival) {
    task.meter.set_tag(parameters.request as i32);
    task.sleep_until(parameters.intended_ms).await;
    let names = [parameters.request, parameters.client, parameters.round];
    let waited_ns = task.meter.overhead_ns();
    request(
        &task,
        &parameters.shape,
        names,
        parameters.intended_ms * 1e6,
        waited_ns,
    )
    .await;
}

/// ```text
///     began      timed                       deadline
///       │ block?  │ sleep 1 ms × 10 …            │        placed before the deadline
///       │         │ block? sleep 1 ms × 10 …     │        placed inside it
/// ```
///
/// `timeout` asks the work first: a request whose last sleep and whose deadline have both passed when a worker comes is
/// complete, however late.
async fn request(
    task: &Task,
    shape: &RequestShape,
    [number, client, round]: [u32; 3],
    began_ns: f64,
    waited_ns: f64,
) {
    let blocking = takes_blocking_path(number, shape.blocking_share);
    task.meter.set_tag(number as i32);
    if blocking && shape.placement == Placement::BeforeDeadline {
        task.block(shape.block_ms);
    }
    let (polls, wait_ns) = (Reading::new(0.0), Reading::new(waited_ns));
    let timed_from_ns = task.now_ns();
    let outcome = timeout(duration(shape.timeout_ms), async {
        if blocking && shape.placement == Placement::InsideDeadline {
            task.block(shape.block_ms);
        }
        for _ in 0..shape.sleeps {
            task.sleep(shape.sleep_ms).await;
            polls.add(1.0);
            wait_ns.add(task.meter.overhead_ns());
        }
    })
    .await;
    let ended_ns = task.now_ns();
    let (timed_ns, timed_out) = (ended_ns - timed_from_ns, outcome.is_err());
    // The timer wins only while some sleep is left, so that no work that was done in time counts as late.
    let false_timeout = false;
    task.emit(vec![
        f64::from(number),
        f64::from(client),
        f64::from(round),
        f64::from(u8::from(blocking)),
        began_ns,
        ended_ns - began_ns,
        timed_ns,
        f64::from(u8::from(timed_out)),
        f64::from(u8::from(false_timeout)),
        polls.get(),
        wait_ns.get(),
    ]);
}

/// Spreads the blocking requests evenly: the golden ratio never falls into step with the number of clients.
fn takes_blocking_path(request: u32, share: f64) -> bool {
    (f64::from(request) * 0.618033988) % 1.0 < share
}

#[cfg(test)]
mod tests {
    use super::takes_blocking_path;

    #[test]
    fn takes_the_published_share_of_requests() {
        let blocking = (0..10_000)
            .filter(|&request| takes_blocking_path(request, 0.3))
            .count();
        assert!((2_990..=3_010).contains(&blocking), "got {blocking}");
        let first: Vec<_> = (0..10)
            .filter(|&request| takes_blocking_path(request, 0.3))
            .collect();
        assert_eq!(first, [0, 2, 5]);
    }
}
