//! What a running task may do. Each `await` below ends in one poll.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::time;

use crate::meter::{Due, Meter};
use crate::shared_parts::SharedParts;

#[derive(Clone)]
pub struct Task {
    pub meter: Arc<Meter>,
    pub shared: Arc<SharedParts>,
    origin: Instant,
    events: Arc<Mutex<Vec<Vec<f64>>>>,
}

impl Task {
    pub fn new(origin: Instant, shared: Arc<SharedParts>) -> Self {
        Self {
            meter: Arc::new(Meter::new(origin)),
            shared,
            origin,
            events: Arc::default(),
        }
    }

    pub fn now_ns(&self) -> f64 {
        self.meter.now_ns()
    }

    /// Sleeps; the poll that ends the sleep is due `ms` from now.
    pub async fn sleep(&self, ms: f64) {
        let duration = duration(ms);
        self.meter
            .expect(Due::At(self.now_ns() + duration.as_nanos() as f64));
        time::sleep(duration).await;
    }

    /// Sleeps until `due_ms` after the origin; returns at once when that has passed.
    pub async fn sleep_until(&self, due_ms: f64) {
        let due = duration(due_ms);
        self.meter.expect(Due::At(due.as_nanos() as f64));
        time::sleep_until((self.origin + due).into()).await;
    }

    pub async fn yield_now(&self) {
        self.meter.expect(Due::AfterThisPoll);
        tokio::task::yield_now().await;
    }

    /// Holds the worker without using its core, as a synchronous read of a slow device does.
    pub fn block(&self, ms: f64) {
        std::thread::sleep(duration(ms));
    }

    /// Adds a row of numbers to the run's events.
    pub fn emit(&self, row: Vec<f64>) {
        self.events
            .lock()
            .expect("no task panics while it emits")
            .push(row);
    }

    pub fn take_events(&self) -> Vec<Vec<f64>> {
        std::mem::take(&mut *self.events.lock().expect("no task panics while it emits"))
    }
}

pub fn duration(ms: f64) -> Duration {
    Duration::from_secs_f64(ms.max(0.0) / 1000.0)
}
