"""Reads programs of Deferred operations, a word list a line, and tells what Twisted does with them.

A line `end` ends a program; then comes the state of each Deferred, and `done`.
"""
import sys

from twisted.internet import defer
from twisted.python import failure


class Oops(Exception):
    pass


def shown(result):
    if not isinstance(result, failure.Failure):
        return "none" if result is None else str(result)
    if result.check(defer.CancelledError):
        return "cancelled"
    if result.check(defer.AlreadyCalledError):
        return "already"
    return "oops " + result.getErrorMessage()


class Program:
    def __init__(self):
        self.deferreds = {}
        self.lines = []

    def handler(self, label, side, kind, argument):
        def handle(result):
            self.lines.append("%s %s %s" % (label, side, shown(result)))
            if kind == "pass":
                return result
            if kind == "value":
                return int(argument)
            if kind == "raise":
                raise Oops(argument)
            if kind == "wait":
                return self.deferreds[argument]
            return None

        return handle

    def canceller(self, how):
        def cancel(deferred):
            self.lines.append("canceller " + how)
            if how == "value":
                deferred.callback(7)
            elif how == "error":
                deferred.errback(failure.Failure(Oops("by canceller")))

        return cancel

    def step(self, words):
        verb, name = words[0], words[1]
        if verb == "new":
            self.deferreds[name] = defer.Deferred()
        elif verb == "stoppable":
            self.deferreds[name] = defer.Deferred(self.canceller(words[2]))
        else:
            self.act(verb, self.deferreds[name], words)

    def act(self, verb, deferred, words):
        try:
            if verb == "callback":
                deferred.addCallback(self.handler(words[2], "value", words[3], words[4]))
            elif verb == "errback":
                deferred.addErrback(self.handler(words[2], "error", words[3], words[4]))
            elif verb == "callbacks":
                deferred.addCallbacks(
                    self.handler(words[2], "value", words[3], words[4]),
                    self.handler(words[2], "error", words[5], words[6]),
                )
            elif verb == "both":
                deferred.addBoth(self.handler(words[2], "both", words[3], words[4]))
            elif verb == "chain":
                deferred.chainDeferred(self.deferreds[words[2]])
            elif verb == "fire":
                deferred.callback(int(words[2]))
            elif verb == "fail":
                deferred.errback(failure.Failure(Oops(words[2])))
            elif verb == "cancel":
                deferred.cancel()
            elif verb == "pause":
                deferred.pause()
            elif verb == "unpause":
                deferred.unpause()
        except defer.AlreadyCalledError:
            self.lines.append("already called")

    def states(self):
        for name in sorted(self.deferreds):
            deferred = self.deferreds[name]
            if not deferred.called:
                state = "unfired"
            elif deferred.paused:
                state = "held"
            else:
                state = shown(deferred.result)
                deferred.addErrback(lambda _: None)
            self.lines.append("state %s %s" % (name, state))


def main():
    program = Program()
    for line in sys.stdin:
        words = line.split()
        if words == ["end"]:
            program.states()
            print("\n".join(program.lines + ["done"]))
            program = Program()
        else:
            program.step(words)


main()
