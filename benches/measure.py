"""Wall time, resident peak and bytes read of a command, as the operating system counts them."""
import json, subprocess, sys
from dataclasses import dataclass

# A forked child starts with the resident size of its parent, and keeps it as its peak when it becomes the command; so
# the command is started by an interpreter that holds nothing. Its counters can be read until it is waited for.
LAUNCH = """
import json, os, sys, time
started = time.perf_counter()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
wall = time.perf_counter() - started
with open(f"/proc/{pid}/io") as counters:
    read = int(counters.readline().split()[1])
_, status, usage = os.wait4(pid, 0)
print(json.dumps([wall, usage.ru_maxrss * 1024, read, status]), file=sys.stderr)
"""


@dataclass
class Run:
    """What was seen of a command: seconds, bytes, its two streams of text, and whether it ended well."""
    wall: float
    peak: int
    read: int
    said: str
    errors: str
    ok: bool


def observed(command, cwd=None, env=None):
    """Runs a command to its end, well or not."""
    launch = [sys.executable, "-S", "-E", "-c", LAUNCH] + [str(word) for word in command]
    done = subprocess.run(launch, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        return Run(0, 0, 0, done.stdout, done.stderr, False)
    *errors, last = done.stderr.splitlines()
    wall, peak, read, status = json.loads(last)
    return Run(wall, peak, read, done.stdout, "\n".join(errors), status == 0)


def measured(command, cwd=None, env=None):
    """Runs a command to its end: wall seconds, resident peak in bytes, standard output. Ends this process if it fails."""
    run = observed(command, cwd, env)
    if not run.ok:
        sys.exit(f"{command[:3]} failed:\n{run.said}\n{run.errors}")
    return run.wall, run.peak, run.said
