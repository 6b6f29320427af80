"""CPython's file handlers with the deviations that Sluice takes on purpose (README, "Deviations from CPython 3.11"), and on the records' clock.

Times are CPython 3.13's, with the real difference of the clocks in place of its 3600 seconds.
"""

import logging
import logging.handlers
import os
import re
import time

RotatingFileHandler = logging.handlers.RotatingFileHandler
TimedRotatingFileHandler = logging.handlers.TimedRotatingFileHandler
WatchedFileHandler = logging.handlers.WatchedFileHandler
DAY = 24 * 60 * 60

rotating_should_rollover = RotatingFileHandler.shouldRollover
timed_init = TimedRotatingFileHandler.__init__
timed_should_rollover = TimedRotatingFileHandler.shouldRollover


def never_roll_empty_files(self, record):
    if os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename):
        return False
    if self.stream is None:
        self.stream = self._open()
    if self.maxBytes > 0:
        self.format(record)
        self.stream.seek(0, 2)
        if self.stream.tell() == 0:
            return False
    return rotating_should_rollover(self, record)


def begin_with_the_first_record(self, filename, *args, **kwargs):
    existed = os.path.exists(filename)
    timed_init(self, filename, *args, **kwargs)
    if not existed:
        self.rolloverAt = None


def should_rollover_on_records_clock(self, record):
    time.time = lambda: record.created
    if self.rolloverAt is None:
        self.rolloverAt = self.computeRollover(int(time.time()))
    return timed_should_rollover(self, record)


def compute_rollover(self, currentTime):
    result = currentTime + self.interval
    if self.when == 'MIDNIGHT' or self.when.startswith('W'):
        t = time.gmtime(currentTime) if self.utc else time.localtime(currentTime)
        currentDay = t[6]
        rotate_ts = DAY if self.atTime is None else (self.atTime.hour * 60 + self.atTime.minute) * 60 + self.atTime.second
        r = rotate_ts - ((t[3] * 60 + t[4]) * 60 + t[5])
        if r <= 0:
            r += DAY
            currentDay = (currentDay + 1) % 7
        result = currentTime + r
        if self.when.startswith('W'):
            day = currentDay
            if day != self.dayOfWeek:
                if day < self.dayOfWeek:
                    daysToWait = self.dayOfWeek - day
                else:
                    daysToWait = 6 - day + self.dayOfWeek + 1
                result += daysToWait * DAY
            result += self.interval - DAY * 7
        else:
            result += self.interval - DAY
        if not self.utc:
            change = time.localtime(result).tm_gmtoff - t.tm_gmtoff
            if change > 0 and time.localtime(result - change).tm_gmtoff == t.tm_gmtoff:
                change = 0
            result -= change
    return result


def backups(self):
    """What 3.11 finds, each with the key that sorts our numbers as numbers."""
    directory, base = os.path.split(self.baseFilename)
    prefix = os.path.splitext(base)[0] + '.'
    found = []
    for name in os.listdir(directory):
        if not name.startswith(base) or not name.startswith(prefix):
            continue
        parts = name[len(prefix):].split('.')
        for i, part in enumerate(parts):
            if self.extMatch.match(part):
                number = parts[i + 1] if i + 1 < len(parts) else ''
                number = int(number) if re.fullmatch('[0-9]+', number) else 0
                found.append((prefix + '.'.join(parts[:i + 1]), number, os.path.join(directory, name), part))
                break
    return sorted(found)


def files_to_delete(self):
    found = [file[2] for file in backups(self)]
    return found[:max(0, len(found) - self.backupCount)]


def do_rollover(self):
    if self.stream:
        self.stream.close()
        self.stream = None
    currentTime = int(time.time())
    t = self.rolloverAt - self.interval
    if self.utc:
        timeTuple = time.gmtime(t)
    else:
        now = time.localtime(currentTime)
        timeTuple = time.localtime(t)
        if now.tm_isdst != timeTuple.tm_isdst:
            timeTuple = time.localtime(t + now.tm_gmtoff - timeTuple.tm_gmtoff)
    stamp = time.strftime(self.suffix, timeTuple)
    # A name that is taken is left alone.
    plain = self.baseFilename + '.' + stamp
    number = 0
    for _, other, path, part in backups(self):
        if part == stamp and path == (plain + '.%d' % other if other else plain):
            number = max(number, other + 1)
    self.rotate(self.baseFilename, plain + '.%d' % number if number else plain)
    if self.backupCount > 0:
        for path in self.getFilesToDelete():
            os.remove(path)
    if not self.delay:
        self.stream = self._open()
    self.rolloverAt = self.computeRollover(currentTime)


def watch_from_the_first_record(self, record):
    self.reopenIfNeeded()
    delayed = self.stream is None
    logging.FileHandler.emit(self, record)
    if delayed:
        self._statstream()


def apply():
    RotatingFileHandler.shouldRollover = never_roll_empty_files
    TimedRotatingFileHandler.__init__ = begin_with_the_first_record
    TimedRotatingFileHandler.shouldRollover = should_rollover_on_records_clock
    TimedRotatingFileHandler.computeRollover = compute_rollover
    TimedRotatingFileHandler.getFilesToDelete = files_to_delete
    TimedRotatingFileHandler.doRollover = do_rollover
    WatchedFileHandler.emit = watch_from_the_first_record
