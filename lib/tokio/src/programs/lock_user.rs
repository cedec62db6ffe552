use tokio::time::timeout;

use crate::meter::Due;
use crate::reading::Reading;
use crate::request::LockUser;
use crate::task::{duration, Task};

/// ```text
///     began                                                        deadline
///       ├── lock wait ──┤hand-over├── hold ──┤─ sleep ─ sleep ─┤      │
///                     woken     owns     released             ended
/// ```
pub async fn lock_user(task: Task, parameters: LockUser) {
    task.meter.set_tag(-1);
    if parameters.start_ms > 0.0 {
        task.sleep(parameters.start_ms).await;
    }
    task.meter.set_tag(parameters.user as i32);
    for round in 0..parameters.rounds {
        let began_ns = task.now_ns();
        let log = RoundLog::new();
        let outcome = timeout(duration(parameters.timeout_ms), async {
            if let Some(yields) = parameters.section_yields {
                under_lock(&task, yields, &log).await;
            }
            for _ in 0..parameters.sleeps {
                task.sleep(parameters.sleep_ms).await;
                log.count(&task);
            }
        })
        .await;
        let ended_ns = task.now_ns();
        let locks = parameters.section_yields.is_some();
        let (owns_ns, released_ns) = (log.owns_ns.get(), log.released_ns.get());
        task.emit(vec![
            f64::from(parameters.user),
            f64::from(round),
            f64::from(u8::from(locks)),
            began_ns,
            ended_ns - began_ns,
            f64::from(u8::from(outcome.is_err())),
            // Whoever gave up while it waited has waited until now.
            if locks {
                or(owns_ns, ended_ns) - began_ns
            } else {
                f64::NAN
            },
            log.hand_over_ns.get(),
            // A section that the time-out cut off gives the lock back at that moment.
            or(released_ns, ended_ns) - owns_ns,
            log.wait_ns.get(),
            log.dispatch_ns.get(),
        ]);
    }
}

fn or(value: f64, otherwise: f64) -> f64 {
    if value.is_nan() {
        otherwise
    } else {
        value
    }
}

/// Times in ns; NaN for what the round did not come to.
struct RoundLog {
    owns_ns: Reading,
    hand_over_ns: Reading,
    released_ns: Reading,
    wait_ns: Reading,
    dispatch_ns: Reading,
}

impl RoundLog {
    fn new() -> Self {
        Self {
            owns_ns: Reading::new(f64::NAN),
            hand_over_ns: Reading::new(f64::NAN),
            released_ns: Reading::new(f64::NAN),
            wait_ns: Reading::new(0.0),
            dispatch_ns: Reading::new(0.0),
        }
    }

    fn count(&self, task: &Task) {
        self.wait_ns.add(task.meter.overhead_ns());
        let late_ns = task.meter.enqueued_ns() - task.meter.due_ns();
        if !late_ns.is_nan() {
            self.dispatch_ns.add(late_ns);
        }
    }
}

async fn under_lock(task: &Task, yields: u32, log: &RoundLog) {
    let requested_ns = task.now_ns();
    task.meter.expect(Due::WhenWoken);
    let guard = task.shared.lock.lock().await;
    let waited = task.meter.started_ns() > requested_ns;
    log.owns_ns.set(task.now_ns());
    log.hand_over_ns.set(if waited {
        task.meter.overhead_ns()
    } else {
        0.0
    });
    if waited {
        log.count(task);
    }
    for _ in 0..yields {
        task.yield_now().await;
        log.count(task);
    }
    drop(guard);
    log.released_ns.set(task.now_ns());
}
