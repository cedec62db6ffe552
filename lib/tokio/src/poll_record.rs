//! What is kept of every poll.

/// One poll of one task; times in ns since the run's origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PollRecord {
    /// Round or request; negative: not a sample.
    pub tag: i32,
    pub worker: i32,
    pub due_ns: f64,
    /// When the task was woken, that is handed to the workers; NaN for the first poll.
    pub enqueued_ns: f64,
    pub started_ns: f64,
    pub ended_ns: f64,
}

/// All that one task leaves behind.
#[derive(Default)]
pub struct TaskRecords {
    pub polls: Vec<PollRecord>,
    pub events: Vec<Vec<f64>>,
}
