"""Wall time and resident peak of a command, as the operating system counts them."""
import json, subprocess, sys

# A forked child starts with the resident size of its parent, and keeps it as its peak when it becomes the command; so
# the command is started by an interpreter that holds nothing.
LAUNCH = """
import json, os, sys, time
started = time.perf_counter()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(pid, 0)
print(json.dumps([time.perf_counter() - started, usage.ru_maxrss * 1024, status]), file=sys.stderr)
"""


def measured(command, cwd=None, env=None):
    """Runs a command to its end: wall seconds, resident peak in bytes, standard output. Ends this process if it fails."""
    launch = [sys.executable, "-S", "-E", "-c", LAUNCH] + [str(word) for word in command]
    done = subprocess.run(launch, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    *said, last = done.stderr.splitlines() or [""]
    if done.returncode != 0 or json.loads(last)[2] != 0:
        sys.exit(f"{command[:3]} failed:\n{done.stdout}\n{done.stderr}")
    wall, peak, _ = json.loads(last)
    return wall, peak, done.stdout
