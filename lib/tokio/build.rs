//! Puts the program's own sources into it, so that whoever starts it can tell whether they are those that lie here.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=Cargo.toml");
    println!("cargo:rerun-if-changed=Cargo.lock");
    println!("cargo:rerun-if-changed=.cargo/config.toml");
    println!("cargo:rerun-if-changed=build.rs");
    let mut files: Vec<PathBuf> = [".cargo/config.toml", "Cargo.lock", "Cargo.toml", "build.rs"]
        .iter()
        .map(PathBuf::from)
        .collect();
    collect(Path::new("src"), &mut files);
    files.sort();
    let sources: String = files
        .iter()
        .map(|file| {
            fs::read_to_string(file)
                .expect("a source must be readable")
                .replace("\r\n", "\n")
        })
        .collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("sources.txt"), sources).expect("OUT_DIR must be writable");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src must be readable") {
        let path = entry.expect("src must be readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
