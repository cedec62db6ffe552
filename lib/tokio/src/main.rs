//! One run of the study on Tokio: reads a request, one line of JSON on stdin, runs its tasks, writes every poll to
//! stdout. It ends early when stdin closes, however the process that asked has ended.

mod answer;
mod meter;
mod poll_record;
mod programs;
mod reading;
mod request;
mod run;
mod shared_parts;
mod stamped;
mod task;

use std::error::Error;
use std::io::{self, BufRead, Read, Write};
use std::process::{self, ExitCode};
use std::thread;

/// What this program was built from, one file after the other, in order of their paths.
const SOURCES: &str = include_str!(concat!(env!("OUT_DIR"), "/sources.txt"));

fn main() -> ExitCode {
    match answer(std::env::args().nth(1).as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn answer(argument: Option<&str>) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    match argument {
        Some("--sources") => out.write_all(SOURCES.as_bytes())?,
        Some(other) => {
            return Err(format!("argument is unknown: {other}; the request comes on stdin").into())
        }
        None => {
            let mut text = String::new();
            io::stdin().lock().read_line(&mut text)?;
            let request = request::parse(&text)?;
            thread::spawn(end_with_stdin);
            let records = run::run(request)?;
            answer::write(&mut out, &records)?;
        }
    }
    Ok(out.flush()?)
}

fn end_with_stdin() {
    let _ = io::stdin().lock().read_to_end(&mut Vec::new());
    process::exit(1);
}
