//! The wrapper around each task's future: stamps every poll and every wake-up, and changes neither.
//!
//! ```text
//!     due ───────── woken ──────── poll started ─────── ended
//!      │ timer late   │ waits for a worker │ holds the worker │
//! ```

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::meter::Meter;
use crate::poll_record::PollRecord;

thread_local! {
    static WORKER: Cell<i32> = Cell::new(-1);
}

/// Gives the calling thread its number among the workers.
pub fn name_worker(number: i32) {
    WORKER.with(|worker| worker.set(number));
}

pub struct Stamped {
    future: Pin<Box<dyn Future<Output = ()> + Send>>,
    meter: Arc<Meter>,
    waker: Option<(Waker, Waker)>,
    polls: Vec<PollRecord>,
}

impl Stamped {
    pub fn new(meter: Arc<Meter>, future: Pin<Box<dyn Future<Output = ()> + Send>>) -> Self {
        Self {
            future,
            meter,
            waker: None,
            polls: Vec::with_capacity(64),
        }
    }

    /// A waker that notes the time and passes the wake-up on; the same one as long as the runtime's is.
    fn stamping(&mut self, theirs: &Waker) -> Waker {
        match &self.waker {
            Some((inner, ours)) if inner.will_wake(theirs) => ours.clone(),
            _ => {
                let inner = theirs.clone();
                let ours = Waker::from(Arc::new(StampingWaker {
                    meter: self.meter.clone(),
                    inner: inner.clone(),
                }));
                self.waker = Some((inner, ours.clone()));
                ours
            }
        }
    }
}

impl Future for Stamped {
    type Output = Vec<PollRecord>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Vec<PollRecord>> {
        let this = &mut *self;
        let waker = this.stamping(context.waker());
        this.meter
            .begin_poll(this.polls.last().map_or(0.0, |poll| poll.ended_ns));
        let tag = this.meter.tag();
        let polled = this.future.as_mut().poll(&mut Context::from_waker(&waker));
        this.polls.push(PollRecord {
            tag,
            worker: WORKER.with(Cell::get),
            due_ns: this.meter.due_ns(),
            enqueued_ns: this.meter.enqueued_ns(),
            started_ns: this.meter.started_ns(),
            ended_ns: this.meter.now_ns(),
        });
        polled.map(|()| std::mem::take(&mut this.polls))
    }
}

struct StampingWaker {
    meter: Arc<Meter>,
    inner: Waker,
}

impl Wake for StampingWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.meter.wake();
        self.inner.wake_by_ref();
    }
}
