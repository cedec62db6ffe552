//! The answer: one line of JSON that says how many rows follow, then the columns, one after the other, little-endian.
//!
//! ```text
//!     {"polls":P,"events":E,"eventColumns":C}\n
//!     task i32×P · tag i32×P · worker i32×P · due f64×P · enqueued f64×P · started f64×P · ended f64×P · events f64×(E·C)
//! ```

use std::io::{self, Write};

use crate::poll_record::{PollRecord, TaskRecords};

pub fn write(out: &mut impl Write, records: &[TaskRecords]) -> io::Result<()> {
    let polls: Vec<(i32, &PollRecord)> = records
        .iter()
        .enumerate()
        .flat_map(|(task, of_task)| of_task.polls.iter().map(move |poll| (task as i32, poll)))
        .collect();
    let events: Vec<&Vec<f64>> = records.iter().flat_map(|of_task| &of_task.events).collect();
    let columns = events.first().map_or(0, |row| row.len());
    writeln!(
        out,
        r#"{{"polls":{},"events":{},"eventColumns":{}}}"#,
        polls.len(),
        events.len(),
        columns
    )?;

    let mut bytes: Vec<u8> = Vec::with_capacity(polls.len() * 44 + events.len() * columns * 8);
    bytes.extend(polls.iter().flat_map(|(task, _)| task.to_le_bytes()));
    bytes.extend(polls.iter().flat_map(|(_, poll)| poll.tag.to_le_bytes()));
    bytes.extend(polls.iter().flat_map(|(_, poll)| poll.worker.to_le_bytes()));
    bytes.extend(polls.iter().flat_map(|(_, poll)| poll.due_ns.to_le_bytes()));
    bytes.extend(
        polls
            .iter()
            .flat_map(|(_, poll)| poll.enqueued_ns.to_le_bytes()),
    );
    bytes.extend(
        polls
            .iter()
            .flat_map(|(_, poll)| poll.started_ns.to_le_bytes()),
    );
    bytes.extend(
        polls
            .iter()
            .flat_map(|(_, poll)| poll.ended_ns.to_le_bytes()),
    );
    bytes.extend(
        events
            .iter()
            .flat_map(|row| row.iter())
            .flat_map(|value| value.to_le_bytes()),
    );
    out.write_all(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_line_and_then_whole_columns() {
        let poll = |tag| PollRecord {
            tag,
            worker: 1,
            due_ns: 10.0,
            enqueued_ns: f64::NAN,
            started_ns: 11.0,
            ended_ns: 12.0,
        };
        let records = [
            TaskRecords {
                polls: vec![poll(-1), poll(7)],
                events: vec![vec![1.0, 2.0]],
            },
            TaskRecords {
                polls: vec![poll(8)],
                events: vec![],
            },
        ];
        let mut out = Vec::new();
        write(&mut out, &records).expect("memory takes everything");
        let line = out
            .iter()
            .position(|&byte| byte == b'\n')
            .expect("a line comes first");
        assert_eq!(&out[..line], br#"{"polls":3,"events":1,"eventColumns":2}"#);
        let body = &out[line + 1..];
        assert_eq!(body.len(), 3 * (3 * 4 + 4 * 8) + 2 * 8);
        assert_eq!(body[..12], [0i32, 0, 1].map(i32::to_le_bytes).concat());
        assert_eq!(body[12..24], [-1i32, 7, 8].map(i32::to_le_bytes).concat());
        assert_eq!(body[body.len() - 8..], 2.0f64.to_le_bytes());
    }
}
