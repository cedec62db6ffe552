//! What a task and the wrapper around it tell each other: when the next poll is due, and when it came.

use std::sync::atomic::{AtomicI32, AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use crate::reading::Reading;

/// When a poll is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Due {
    /// At this time (ns since the origin): what a timer was asked for.
    At(f64),
    /// As soon as the poll before has ended: a yield.
    AfterThisPoll,
    /// When somebody wakes the task: a lock or a message has come.
    WhenWoken,
}

/// Times in ns since the run's origin. Only the task itself and its wrapper write, never at the same moment, but for
/// `woken`, which whoever wakes the task sets.
pub struct Meter {
    origin: Instant,
    tag: AtomicI32,
    due: AtomicU64,
    started: Reading,
    resolved_due: Reading,
    enqueued: Reading,
    woken: AtomicU64,
}

impl Meter {
    /// The first poll is due when the task is spawned: now.
    pub fn new(origin: Instant) -> Self {
        let meter = Self {
            origin,
            tag: AtomicI32::new(-1),
            due: AtomicU64::new(0),
            started: Reading::new(0.0),
            resolved_due: Reading::new(0.0),
            enqueued: Reading::new(f64::NAN),
            woken: AtomicU64::new(NEVER),
        };
        meter.expect(Due::At(meter.now_ns()));
        meter
    }

    pub fn now_ns(&self) -> f64 {
        self.origin.elapsed().as_nanos() as f64
    }

    pub fn set_tag(&self, tag: i32) {
        self.tag.store(tag, Relaxed);
    }

    pub fn tag(&self) -> i32 {
        self.tag.load(Relaxed)
    }

    /// Says when the next poll will be due.
    pub fn expect(&self, due: Due) {
        self.due.store(
            match due {
                Due::At(ns) => ns.to_bits(),
                Due::AfterThisPoll => AFTER_THIS_POLL,
                Due::WhenWoken => WHEN_WOKEN,
            },
            Relaxed,
        );
    }

    fn due(&self) -> Due {
        match self.due.load(Relaxed) {
            AFTER_THIS_POLL => Due::AfterThisPoll,
            WHEN_WOKEN => Due::WhenWoken,
            bits => Due::At(f64::from_bits(bits)),
        }
    }

    /// Notes the first wake-up since the last poll began.
    pub fn wake(&self) {
        let now = self.now_ns().to_bits();
        let _ = self.woken.compare_exchange(NEVER, now, Relaxed, Relaxed);
    }

    /// Begins a poll; `ended_before` is the end of the poll before (ns).
    pub fn begin_poll(&self, ended_before: f64) {
        let started = self.now_ns();
        let woken = match self.woken.swap(NEVER, Relaxed) {
            NEVER => f64::NAN,
            bits => f64::from_bits(bits),
        };
        let due = match self.due() {
            Due::At(ns) => ns,
            Due::AfterThisPoll => ended_before,
            Due::WhenWoken if woken.is_nan() => started,
            Due::WhenWoken => woken,
        };
        self.started.set(started);
        self.resolved_due.set(due);
        self.enqueued.set(woken);
    }

    pub fn started_ns(&self) -> f64 {
        self.started.get()
    }

    pub fn due_ns(&self) -> f64 {
        self.resolved_due.get()
    }

    pub fn enqueued_ns(&self) -> f64 {
        self.enqueued.get()
    }

    /// How late the present poll began.
    pub fn overhead_ns(&self) -> f64 {
        self.started_ns() - self.due_ns()
    }
}

/// Bit patterns of numbers that are no times.
const NEVER: u64 = u64::MAX;
const AFTER_THIS_POLL: u64 = u64::MAX - 1;
const WHEN_WOKEN: u64 = u64::MAX - 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poll_is_due_when_its_timer_was_asked_for_however_late_it_was_woken() {
        let meter = Meter::new(Instant::now());
        meter.expect(Due::At(5.0));
        meter.wake();
        meter.begin_poll(1.0);
        assert_eq!(meter.due_ns(), 5.0);
        assert!(meter.enqueued_ns() > 5.0 && meter.started_ns() >= meter.enqueued_ns());
        assert_eq!(meter.overhead_ns(), meter.started_ns() - 5.0);
    }

    #[test]
    fn a_yielding_task_is_due_at_the_end_of_its_poll() {
        let meter = Meter::new(Instant::now());
        meter.expect(Due::AfterThisPoll);
        meter.begin_poll(17.0);
        assert_eq!(meter.due_ns(), 17.0);
        assert!(meter.enqueued_ns().is_nan());
    }

    #[test]
    fn a_waiting_task_is_due_when_it_was_woken_first() {
        let meter = Meter::new(Instant::now());
        meter.expect(Due::WhenWoken);
        meter.wake();
        let woken = f64::from_bits(meter.woken.load(Relaxed));
        meter.wake();
        meter.begin_poll(0.0);
        assert_eq!((meter.due_ns(), meter.enqueued_ns()), (woken, woken));
        meter.begin_poll(0.0);
        assert!(
            meter.enqueued_ns().is_nan(),
            "a wake-up belongs to one poll"
        );
    }
}
