"""The interactive session as a person meets it: through a terminal.

prompt.py ARR runs every test below against the program ARR and says which fail."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

ARR = os.path.abspath(sys.argv[1])
ROWS, COLUMNS = 50, 100

# Generous: a loaded machine must not fail a test, only a missing answer.
PATIENCE = 60


class Screen:
    """What a terminal shows of the bytes it is sent: enough of one for line editing and progress lines."""

    def __init__(self):
        self.lines, self.row, self.column = [""], 0, 0

    def put(self, text):
        for match in re.finditer(r"\x1b\[([?\d;]*)([A-Za-z])|(\r)|(\n)|(\x08)|([^\x00-\x1f\x7f]+)|.", text, re.S):
            count, code, home, down, back, plain = match.groups()
            if code:
                self.control(int(count) if count.isdigit() else 1, count, code)
            elif home:
                self.column = 0
            elif down:
                self.move(1)
            elif back:
                self.column = max(self.column - 1, 0)
            elif plain:
                for letter in plain:
                    if self.column == COLUMNS:
                        self.column = 0
                        self.move(1)
                    line = self.lines[self.row].ljust(self.column)
                    self.lines[self.row] = line[:self.column] + letter + line[self.column + 1:]
                    self.column += 1

    def move(self, rows):
        self.row = max(self.row + rows, 0)
        while self.row >= len(self.lines):
            self.lines.append("")

    def control(self, number, parameter, code):
        line = self.lines[self.row]
        if code == "A":
            self.move(-number)
        elif code == "B":
            self.move(number)
        elif code == "C":
            self.column += number
        elif code == "D":
            self.column = max(self.column - number, 0)
        elif code == "G":
            self.column = number - 1
        elif code == "K":
            self.lines[self.row] = "" if parameter == "2" else line[:self.column]
        elif code == "J":
            self.lines[self.row] = line[:self.column]
            del self.lines[self.row + 1:]

    def text(self):
        return "\n".join(line.rstrip() for line in self.lines).rstrip()


class Terminal:
    """A running program and the screen in front of it."""

    def __init__(self, *args, history="/dev/null"):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm", ARR_HISTORY=history, NO_COLOR="1")
            os.execv(ARR, [ARR, *args])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.screen = Screen()
        self.raw = ""

    def read(self, seconds):
        """Takes in what the program sends; false when it has ended or sends nothing so long."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16).decode(errors="replace")
        except OSError:
            return False
        self.raw += data
        self.screen.put(data)
        return bool(data)

    def wait_for(self, pattern, patience=PATIENCE):
        """Seconds until the screen shows the pattern."""
        begun = time.monotonic()
        while not re.search(pattern, self.screen.text(), re.S | re.M):
            left = begun + patience - time.monotonic()
            if left <= 0 or not self.read(left):
                raise AssertionError(f"no {pattern!r} on the screen:\n{self.screen.text()}")
        return time.monotonic() - begun

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def ready(self):
        """The prompt is there and waits for a line."""
        self.wait_for(r">>\Z")

    def run(self, line):
        self.ready()
        self.type(line + "\r")
        self.wait_for(r">> " + re.escape(line) + r"$.*^>>\Z")

    def leave(self):
        self.type("\x04")
        return self.ended()

    def ended(self):
        """The exit code, once the program has ended."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError("the program does not end")


def shown(terminal, *expected):
    for part in expected:
        assert part in terminal.screen.text(), f"no {part!r} on the screen:\n{terminal.screen.text()}"


def test_a_line_is_run_and_control_d_leaves():
    terminal = Terminal()
    terminal.ready()
    terminal.run("x = 3")
    shown(terminal, "\nx = 3\n")
    assert terminal.leave() == 0


def test_exit_gives_its_code():
    terminal = Terminal()
    terminal.ready()
    terminal.type("exit (7)\r")
    assert terminal.ended() == 7


def test_an_open_block_goes_on():
    terminal = Terminal()
    terminal.ready()
    terminal.type("for k = 1:2\r")
    terminal.type("printf (\"<%d>\", k * 100)\r")
    terminal.type("end\r")
    terminal.wait_for(r"<100><200>")
    terminal.ready()
    terminal.type("y = [1, 2\r3, 4]\r")
    terminal.wait_for(r"   3   4$")
    terminal.ready()
    assert terminal.leave() == 0


def test_a_fault_leaves_the_prompt_and_the_variables():
    terminal = Terminal()
    terminal.ready()
    terminal.run("x = 5;")
    terminal.run("x + nosuchthing")
    shown(terminal, "error: 'nosuchthing' undefined")
    terminal.run("x * 2")
    shown(terminal, "ans = 10")
    assert terminal.leave() == 0


def test_history_is_kept_between_sessions():
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "history")
        first = Terminal(history=file)
        first.ready()
        first.run("kept = 123;")
        assert first.leave() == 0
        second = Terminal(history=file)
        second.ready()
        second.type("\x1b[A")
        second.wait_for(r">> kept = 123;\Z")
        second.type("\r")
        second.ready()
        second.run("kept")
        shown(second, "kept = 123")
        assert second.leave() == 0


def test_names_are_completed():
    terminal = Terminal()
    terminal.ready()
    terminal.type("linsp\t")
    terminal.wait_for(r">> linspace\Z")
    terminal.type("\x15")
    terminal.ready()
    terminal.run("longvariable = 1;")
    terminal.type("longv\t")
    terminal.wait_for(r">> longvariable\Z")
    terminal.type("\x15unwind_protect_cl\t")
    terminal.wait_for(r">> unwind_protect_cleanup\Z")
    terminal.type("\x15")
    terminal.ready()
    assert terminal.leave() == 0


def test_fields_are_completed():
    terminal = Terminal()
    terminal.run("s.alpha.beta = 1; s.gamma = 2;")
    terminal.type("s.al\t")
    terminal.wait_for(r">> s.alpha\Z")
    terminal.type(".b\t")
    terminal.wait_for(r">> s.alpha.beta\Z")
    terminal.type("\x15")
    terminal.ready()
    # No part of a name stands behind a sign of several bytes.
    terminal.type("\u2192sin\t")
    terminal.wait_for(r">> \u2192sin")
    terminal.type("\x03")
    terminal.ready()
    assert terminal.leave() == 0


def test_lines_sent_ahead_are_not_lost():
    terminal = Terminal()
    terminal.ready()
    terminal.type("a = 1;\rfor k = 1:3\ra += k;\rend\rb = a * 100\r")
    terminal.wait_for(r"b = 700")
    terminal.ready()
    assert terminal.leave() == 0


def test_a_function_file_that_changes_is_read_again():
    with tempfile.TemporaryDirectory() as folder:
        def write(factor):
            with open(os.path.join(folder, "scaled.m"), "w") as file:
                file.write(f"function y = scaled (x)\n  y = {factor} * x;\nend\n")
        terminal = Terminal()
        terminal.run(f"cd {folder}")
        write(3)
        terminal.run("scaled (5)")
        shown(terminal, "ans = 15")
        time.sleep(0.05)
        write(4)
        terminal.run("scaled (6)")
        shown(terminal, "ans = 24")
        assert terminal.leave() == 0


def test_control_c_ends_a_loop_and_drops_a_line():
    terminal = Terminal()
    terminal.ready()
    terminal.type("half a line")
    terminal.wait_for(r">> half a line\Z")
    terminal.type("\x03")
    terminal.wait_for(r">> half a line\n>>\Z")
    terminal.run("n = 0;")
    terminal.type("while true, n++; end\r")
    time.sleep(1)
    terminal.type("\x03")
    seconds = terminal.wait_for(r"error: interrupted.*^>>\Z")
    assert seconds < 5, f"it took {seconds} seconds"
    terminal.run("n > 10")
    shown(terminal, "ans = 1")
    assert terminal.leave() == 0


def test_control_c_ends_a_large_computation():
    terminal = Terminal()
    terminal.ready()
    terminal.run("A = rand (60000, 60000);")
    terminal.type("s = sum (sin (A(:)))\r")
    terminal.wait_for(r"\d%  ")
    terminal.type("\x03")
    time.sleep(0.02)
    # Impatience costs no variable.
    terminal.type("\x03")
    terminal.wait_for(r"error: interrupted.*^>>\Z")
    assert "%" not in terminal.screen.text(), f"the progress line stays:\n{terminal.screen.text()}"
    terminal.run("size (A)")
    shown(terminal, "60000   60000")
    assert terminal.leave() == 0


def test_a_large_value_shows_its_header_and_its_corner():
    terminal = Terminal()
    terminal.ready()
    terminal.run("A = ones (20000, 20000) * 7")
    shown(terminal, "A = 20000x20000 double, lazy", "7     7     7     7", "...")
    assert terminal.leave() == 0


def test_a_progress_line_comes_and_goes():
    terminal = Terminal()
    terminal.ready()
    terminal.run("A = rand (5000, 5000);")
    terminal.run("s = sum (sin (A(:)) + cos (A(:)))")
    assert "%" in terminal.raw, "work of seconds shows no progress line"
    assert "%" not in terminal.screen.text(), f"the progress line stays:\n{terminal.screen.text()}"
    terminal.raw = ""
    terminal.run("t = sum (1:10)")
    assert "%" not in terminal.raw, "short work shows a progress line"
    assert terminal.leave() == 0


def test_an_interrupted_script_says_130():
    with tempfile.NamedTemporaryFile(suffix=".arr", mode="w") as script:
        script.write("while true, end\n")
        script.flush()
        process = subprocess.Popen([ARR, "run", script.name], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130, process.returncode
        assert b"interrupted" in errors, errors


def main():
    failed = 0
    for name, test in list(globals().items()):
        if not name.startswith("test_"):
            continue
        try:
            test()
        except AssertionError as problem:
            failed += 1
            print(f"{name} fails: {problem}")
    sys.exit(1 if failed else 0)


main()
