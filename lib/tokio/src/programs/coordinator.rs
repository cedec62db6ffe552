use std::future::Future;

use crate::meter::Due;
use crate::request::{Consumer, Coordinator, Enrichment, Stream};
use crate::shared_parts::Message;
use crate::task::Task;

/// What an event row is about.
const MESSAGE: f64 = 0.0;
const EVENT: f64 = 1.0;
const ENRICHMENT: f64 = 2.0;

/// Times of a row in ns; NaN where a row has none.
struct Times {
    lock_wait_ns: f64,
    hand_over_ns: f64,
    hold_ns: f64,
    send_ns: f64,
    latency_ns: f64,
}

const NO_TIMES: Times = Times {
    lock_wait_ns: f64::NAN,
    hand_over_ns: f64::NAN,
    hold_ns: f64::NAN,
    send_ns: f64::NAN,
    latency_ns: f64::NAN,
};

/// Messages whose time has passed are sent at once, and keep their intended time.
pub async fn stream(task: Task, parameters: Stream) {
    for number in 0..parameters.messages {
        let due_ms = f64::from(number + 1) * parameters.period_ms;
        task.sleep_until(due_ms).await;
        let message = Message {
            stream: parameters.stream,
            number,
            due_ns: due_ms * 1e6,
        };
        task.shared
            .input
            .0
            .send(message)
            .expect("the coordinator outlives the streams");
    }
}

/// ```text
///     sends while holding   ├─ lock wait ─┤ derive · send · send · send ┤
///     sends afterwards      ├─ lock wait ─┤ derive ┤ send · send · send
///                                         └─ hold ─┘
/// ```
pub async fn coordinator(task: Task, parameters: Coordinator) {
    let mut input = task.shared.input.1.take();
    for handled in 1..=parameters.messages {
        task.meter.expect(Due::WhenWoken);
        let message = input.recv().await.expect("the run holds a sender");
        let send = send_events(&task, message, parameters.derived[message.stream as usize]);
        let times = if parameters.sends_while_holding {
            enter(&task, send).await
        } else {
            let times = enter(&task, async { f64::NAN }).await;
            Times {
                send_ns: send.await,
                ..times
            }
        };
        emit(&task, MESSAGE, message, times);
        if handled % parameters.enrich_every == 0 {
            task.shared
                .enrichments
                .0
                .send(message)
                .expect("the enrichment task waits for this message");
        }
    }
}

/// Takes one event after the other out of the channel and works on each for a while.
pub async fn consumer(task: Task, parameters: Consumer) {
    let mut output = task.shared.output.1.take();
    for _ in 0..parameters.events {
        task.meter.expect(Due::WhenWoken);
        let message = output.recv().await.expect("the run holds a sender");
        task.sleep(parameters.consume_ms).await;
        emit(
            &task,
            EVENT,
            message,
            Times {
                latency_ns: task.now_ns() - message.due_ns,
                ..NO_TIMES
            },
        );
    }
}

pub async fn enrichment(task: Task, parameters: Enrichment) {
    let mut enrichments = task.shared.enrichments.1.take();
    for _ in 0..parameters.count {
        task.meter.expect(Due::WhenWoken);
        let message = enrichments.recv().await.expect("the run holds a sender");
        task.sleep(parameters.delay_ms).await;
        let times = enter(&task, async { f64::NAN }).await;
        emit(&task, ENRICHMENT, message, times);
    }
}

/// Sends the events derived from a message; gives how long that took.
async fn send_events(task: &Task, message: Message, events: u32) -> f64 {
    let from_ns = task.now_ns();
    for _ in 0..events {
        task.meter.expect(Due::WhenWoken);
        task.shared
            .output
            .0
            .send(message)
            .await
            .expect("the consumer waits for this event");
    }
    task.now_ns() - from_ns
}

/// Does something under the lock of the state, which gives how long it sent.
async fn enter(task: &Task, during: impl Future<Output = f64>) -> Times {
    let requested_ns = task.now_ns();
    task.meter.expect(Due::WhenWoken);
    let guard = task.shared.lock.lock().await;
    let owns_ns = task.now_ns();
    let waited = task.meter.started_ns() > requested_ns;
    let hand_over_ns = if waited {
        task.meter.overhead_ns()
    } else {
        0.0
    };
    let send_ns = during.await;
    drop(guard);
    let hold_ns = task.now_ns() - owns_ns;
    Times {
        lock_wait_ns: owns_ns - requested_ns,
        hand_over_ns,
        hold_ns,
        send_ns,
        ..NO_TIMES
    }
}

fn emit(task: &Task, row: f64, message: Message, times: Times) {
    task.emit(vec![
        row,
        f64::from(message.stream),
        f64::from(message.number),
        task.now_ns(),
        times.lock_wait_ns,
        times.hand_over_ns,
        times.hold_ns,
        times.send_ns,
        times.latency_ns,
    ]);
}
