"""A Chromium driven over its DevTools protocol: just what these tests need."""

import base64
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import websocket

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 60.0  # seconds for it to start, and for any one answer


def found() -> str | None:
    """Where a Chromium lies on this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """One tab of a headless Chromium with a profile of its own."""

    def __init__(self, program: str, profile: Path) -> None:
        self.process = subprocess.Popen(
            [
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.socket: websocket.WebSocket | None = None
        self.asked = 0
        self.events: list[dict[str, Any]] = []
        self.session = ""
        try:
            self._connect(profile / "DevToolsActivePort")
        except BaseException:
            self.close()
            raise

    def _connect(self, told: Path) -> None:
        end = time.monotonic() + PATIENCE
        while not (told.exists() and len(told.read_text().split("\n")) >= 2):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("Chromium did not start")
            time.sleep(0.05)
        port, path = told.read_text().split("\n")[:2]
        self.socket = websocket.create_connection(f"ws://127.0.0.1:{port}{path}", timeout=PATIENCE)
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its answer; events on the way are kept."""
        assert self.socket is not None
        self.asked += 1
        message = {"id": self.asked, "method": method, "params": parameters}
        self.socket.send(json.dumps(message | ({"sessionId": self.session} if self.session else {})))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.asked:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def show(self, path: Path, *, width: int = 1280, dark: bool = False, printed: bool = False) -> None:
        """Open a file at a width, light or dark, on screen or as print would have it."""
        self.events.clear()
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media="print" if printed else "screen", features=[scheme])
        self.ask("Page.navigate", url=path.as_uri())
        end = time.monotonic() + PATIENCE
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            if time.monotonic() > end:
                raise RuntimeError("the page did not load")
            self.run("0")

    def run(self, script: str) -> Any:
        """What a script in the page returns, waiting for it if it promises."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description"))
        return answer["result"].get("value")

    def requests(self) -> list[str]:
        """What was asked for since `show`, the file itself left out."""
        asked = [event["params"] for event in self.events if event["method"] == "Network.requestWillBeSent"]
        return [request["request"]["url"] for request in asked if request.get("type") != "Document"]

    def print(self) -> bytes:
        """The page as PDF, on the paper it asks for."""
        self.ask("Emulation.setEmulatedMedia", media="", features=[])
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def close(self) -> None:
        """End the browser."""
        if self.socket is not None:
            self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
