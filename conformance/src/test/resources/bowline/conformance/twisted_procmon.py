# Feeds Twisted's process monitor a script of child deaths in virtual time and tells when each child is started.
#   twisted_procmon.py THRESHOLD MIN MAX LIFETIME...      all in milliseconds
import sys

from twisted.internet import error, task
from twisted.python import failure
from twisted.runner import procmon


class Transport:
    pid = 1


class Reactor(task.Clock):
    def __init__(self, lifetimes):
        super().__init__()
        self.lifetimes = lifetimes

    def spawnProcess(self, protocol, *args, **kwargs):
        print(round(self.seconds() * 1000))
        if self.lifetimes:
            protocol.makeConnection(Transport())
            self.callLater(self.lifetimes.pop(0) / 1000, self.end, protocol)
        return Transport()

    def end(self, protocol):
        protocol.processEnded(failure.Failure(error.ProcessDone(0)))


threshold, least, most = (int(word) / 1000 for word in sys.argv[1:4])
reactor = Reactor([int(word) for word in sys.argv[4:]])
monitor = procmon.ProcessMonitor(reactor=reactor)
monitor.threshold, monitor.minRestartDelay, monitor.maxRestartDelay = threshold, least, most
monitor.addProcess("child", ["child"])
monitor.startService()
for call in range(2 * len(sys.argv)):
    due = [delayed.getTime() for delayed in reactor.getDelayedCalls()]
    if due:
        reactor.advance(min(due) - reactor.seconds())
