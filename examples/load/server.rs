//! The release build of the collector in a process of its own, on one core where `taskset` is at hand.

use std::{
    env, fs,
    io::{self, BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// The core that the collector has to itself; the load comes from the others.
const CORE: &str = "0";

/// A running collector, ended when this goes.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// Whether it has one core only.
    pub pinned: bool,
}

impl Server {
    /// Builds and starts it over the database `db`.
    pub fn start(db: &Path) -> io::Result<Self> {
        let binary = build()?;
        let pinned = Command::new("taskset").arg("-V").output().is_ok();
        let mut command = if pinned {
            let mut command = Command::new("taskset");
            command.args(["-c", CORE]).arg(binary);
            command
        } else {
            Command::new(binary)
        };
        let mut child = command
            .args(["--max-per-address", "0", "--listen", "127.0.0.1:0", "--db"])
            .arg(db)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let address = line
            .trim_end()
            .strip_prefix("listening on http://")
            .and_then(|address| address.parse().ok())
            .ok_or_else(|| io::Error::other(format!("the collector said {line:?}")))?;
        Ok(Self {
            child,
            address,
            pinned,
        })
    }

    /// Returns its memory in MB, now and at most, where the system tells.
    pub fn memory_mb(&self) -> Option<(f64, f64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<f64>().ok()
        };
        Some((of("VmRSS:")? / 1024.0, of("VmHWM:")? / 1024.0))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails only where it has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Builds the collector with the profile and into the folder of this program.
fn build() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    let folder = program.parent().and_then(Path::parent);
    let folder = folder.ok_or_else(|| io::Error::other("run it with cargo"))?;
    if let Some(cargo) = env::var_os("CARGO") {
        let profile = if cfg!(debug_assertions) {
            "dev"
        } else {
            "release"
        };
        let status = Command::new(cargo)
            .args(["build", "--quiet", "--features", "collector"])
            .args(["--bin", "spoor-collector", "--profile", profile])
            .status()?;
        if !status.success() {
            return Err(io::Error::other("the collector does not build"));
        }
    }
    Ok(folder.join("spoor-collector"))
}
