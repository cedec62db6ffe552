//! What a run is asked to do. Durations are in milliseconds, as in the study's own programs.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    pub workers: usize,
    /// Whether a worker keeps the task it woke last in a slot of its own, as Tokio does by default.
    pub lifo_slot: bool,
    pub tasks: Vec<TaskSpec>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskSpec {
    #[serde(flatten)]
    pub program: Program,
    /// Background tasks run until the last foreground task has ended.
    #[serde(default)]
    pub background: bool,
    /// When it is spawned, since the run's origin; tasks come in this order.
    #[serde(default)]
    pub spawn_ms: f64,
}

#[derive(Clone, Deserialize)]
#[serde(tag = "program", content = "parameters", rename_all = "camelCase")]
pub enum Program {
    Probe(Probe),
    WakeUp(WakeUp),
    Blocker(Blocker),
    Client(Client),
    Arrival(Arrival),
    LockUser(LockUser),
    Stream(Stream),
    Coordinator(Coordinator),
    Consumer(Consumer),
    Enrichment(Enrichment),
}

/// Sleeps over and over; how late it wakes is what others did to it.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Probe {
    pub sleeps: u32,
    pub sleep_ms: f64,
    pub phase_ms: f64,
}

/// Wakes once at its intended time.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WakeUp {
    pub due_ms: f64,
    pub round: i32,
}

/// Holds its worker for one duration after the other, again from the first after the last, and re-arms in between.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Blocker {
    pub blocks_ms: Vec<f64>,
    /// Number of blocks; without one, until the last foreground task has ended.
    pub blocks: Option<u32>,
    /// Sleep between two blocks; without one, a yield.
    pub rest_ms: Option<f64>,
}

/// Whether a request that blocks does so before its timer starts, or under it.
#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Placement {
    BeforeDeadline,
    InsideDeadline,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestShape {
    pub blocking_share: f64,
    pub block_ms: f64,
    pub placement: Placement,
    pub sleeps: u32,
    pub sleep_ms: f64,
    pub timeout_ms: f64,
}

/// Sends its next request when the last one has ended.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Client {
    pub shape: RequestShape,
    pub client: u32,
    pub requests: u32,
    pub start_ms: f64,
}

/// Sends one request at its intended time.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Arrival {
    pub shape: RequestShape,
    pub client: u32,
    pub round: u32,
    pub request: u32,
    pub intended_ms: f64,
}

/// Does rounds: a section under the one lock of the run, unless it takes none, then some sleeps, under one time-out.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LockUser {
    pub user: u32,
    pub rounds: u32,
    /// Yields across which the lock is held.
    pub section_yields: Option<u32>,
    pub sleeps: u32,
    pub sleep_ms: f64,
    pub timeout_ms: f64,
    pub start_ms: f64,
}

/// Sends a message to the coordinator each period.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stream {
    pub stream: u32,
    pub messages: u32,
    pub period_ms: f64,
}

/// Derives events from messages under the lock of the state and sends them on, while it holds the lock or afterwards.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Coordinator {
    pub messages: u32,
    /// Events that a message of each stream becomes.
    pub derived: Vec<u32>,
    pub sends_while_holding: bool,
    pub enrich_every: u32,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Consumer {
    pub events: u32,
    pub consume_ms: f64,
}

/// Comes back to the state some time after it was asked to.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Enrichment {
    pub count: u32,
    pub delay_ms: f64,
}

/// Reads a request; refuses what no run could do.
pub fn parse(text: &str) -> Result<Request, String> {
    let request: Request =
        serde_json::from_str(text).map_err(|error| format!("request is malformed: {error}"))?;
    if !(1..=255).contains(&request.workers) {
        return Err(format!(
            "workers must be an integer from 1 to 255; got {}",
            request.workers
        ));
    }
    for task in &request.tasks {
        if !(0.0..60_000.0).contains(&task.spawn_ms) {
            return Err(format!(
                "spawnMs must be 0 to 60 000; got {}",
                task.spawn_ms
            ));
        }
        if let Program::Blocker(blocker) = &task.program {
            if blocker.blocks_ms.is_empty() {
                return Err("blocksMs must name a duration at least; got none".into());
            }
            if let Some(ms) = blocker
                .blocks_ms
                .iter()
                .find(|ms| !(0.0..60_000.0).contains(*ms))
            {
                return Err(format!("a block must last 0 to 60 000 ms; got {ms}"));
            }
            if blocker.blocks.is_none() && !task.background {
                return Err("a blocker without a number of blocks must be a background task; it would never end".into());
            }
        }
    }
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        parse(text).err().expect("the request must be refused")
    }

    #[test]
    fn reads_a_task_with_its_program_and_parameters() {
        let request = parse(
            r#"{"workers":2,"lifoSlot":false,"tasks":[
                {"program":"probe","parameters":{"sleeps":3,"sleepMs":10,"phaseMs":0.25}},
                {"program":"blocker","parameters":{"blocksMs":[50],"blocks":null,"restMs":1.5},"background":true,"spawnMs":20}]}"#,
        )
        .expect("the request is well formed");
        assert_eq!((request.workers, request.lifo_slot), (2, false));
        assert!(matches!(
            &request.tasks[0].program,
            Program::Probe(Probe { sleeps: 3, .. })
        ));
        assert!(
            matches!(&request.tasks[1].program, Program::Blocker(Blocker { rest_ms: Some(ms), .. }) if *ms == 1.5)
        );
        assert!(!request.tasks[0].background && request.tasks[1].background);
        assert_eq!(
            request
                .tasks
                .iter()
                .map(|task| task.spawn_ms)
                .collect::<Vec<_>>(),
            [0.0, 20.0]
        );
    }

    #[test]
    fn refuses_what_no_run_could_do() {
        assert!(
            refusal(r#"{"workers":0,"lifoSlot":true,"tasks":[]}"#).starts_with("workers must be")
        );
        let blocker = |ms: &str, blocks: &str| {
            format!(
                r#"{{"workers":1,"lifoSlot":true,"tasks":[{{"program":"blocker","parameters":
                   {{"blocksMs":{ms},"blocks":{blocks},"restMs":null}}}}]}}"#
            )
        };
        assert_eq!(
            refusal(&blocker("[-1]", "1")),
            "a block must last 0 to 60 000 ms; got -1"
        );
        assert!(refusal(&blocker("[]", "1")).starts_with("blocksMs must name"));
        assert!(refusal(&blocker("[50]", "null")).contains("it would never end"));
        assert!(refusal(
            r#"{"workers":1,"lifoSlot":true,"tasks":[{"program":"nap","parameters":{}}]}"#
        )
        .contains("nap"));
    }
}
