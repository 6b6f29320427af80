#include "ShowStrings.h"
#include "receiver/RecordingSink.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "support/SystemWords.h"

#include "chain/NodeRegistry.h"
#include "receiver/FileReceiver.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstring>
#include <functional>
#include <filesystem>
#include <future>
#include <memory>

using namespace sluice;

namespace {

std::size_t countOf(const std::vector<std::string> &texts, std::string_view part)
{
    return std::size_t(std::ranges::count_if(texts, [&](const std::string &text) { return text.find(part) != text.npos; }));
}

/// "line 0", "line 1", …: what the writer of the tests logs.
std::vector<std::string> numbered(std::size_t count)
{
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < count; ++i)
        lines.push_back("line " + std::to_string(i));
    return lines;
}

/// Says the first difference, since comparing long lists says none.
std::string difference(const std::vector<std::string> &got, const std::vector<std::string> &wanted)
{
    for (std::size_t i = 0; i < std::max(got.size(), wanted.size()); ++i) {
        const std::string a = i < got.size() ? got[i] : "(nothing)";
        const std::string b = i < wanted.size() ? wanted[i] : "(nothing)";
        if (a != b)
            return "record " + std::to_string(i) + " is \"" + a + "\" instead of \"" + b + "\"";
    }
    return {};
}

} // namespace

class FileReceiverTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_directory;

    std::string path(const char *name) const { return m_directory->filePath(QString::fromLatin1(name)).toStdString(); }

    void write(const char *name, const QByteArray &text, QIODevice::OpenMode mode = QIODevice::WriteOnly) const
    {
        QFile file(QString::fromStdString(path(name)));
        if (!file.open(mode) || file.write(text) != text.size())
            qFatal("a file of the test cannot be written");
    }
    void append(const char *name, const QByteArray &text) const { write(name, text, QIODevice::Append); }

    FileReceiver::Options options(const char *name, bool fromEnd = false, bool follow = true) const
    {
        FileReceiver::Options made;
        made.paths = {path(name)};
        made.fromEnd = fromEnd;
        made.follow = follow;
        made.patience.lines = std::chrono::milliseconds(50);
        return made;
    }

    /// Python writes in a thread of its own until the count is reached.
    std::future<PythonResult> writer(const char *name, int count, const char *how) const
    {
        return std::async(std::launch::async, [arguments = QStringList{QString::fromStdString(path(name)), QString::number(count),
                                                                       QString::fromLatin1(how)}] {
            return runPython("tests/receiver/follow_writer.py", arguments);
        });
    }

    bool rotate(const char *name, const char *how) const
    {
        // The shell writes the configuration, since under Wine it alone knows what the paths are outside.
        const QString script = QStringLiteral("echo \"$1 {\n rotate 50\n size 1\n missingok\n nocompress\n su root root\n $2\n}\" > \"$3\"\n"
                                              "exec /usr/sbin/logrotate -f -s \"$3.state\" \"$3\"");
        const ProgramResult result =
            runProgram(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script, QStringLiteral("sh"), QString::fromStdString(path(name)),
                                                   QString::fromLatin1(how), QString::fromStdString(path("rotate.conf"))});
        if (!result.ok)
            qWarning("%s", result.errors.constData());
        return result.ok;
    }

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void readsAFileWholeAndEnds()
    {
        write("a.log", "INFO:root:one\nERROR:app:two\nTraceback (most recent call last):\n  File\nKeyError: 1\nINFO:root:three");
        RecordingSink sink;
        FileReceiver receiver(options("a.log", false, false));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QCOMPARE(sink.messages(), (std::vector<std::string>{"one", "two", "three"}));
        QCOMPARE(countOf(sink.records(), "\"exc_text\": \"Traceback"), 1u);
        QCOMPARE(sink.peers().front(), path("a.log"));
    }

    void followsFromTheEndAndJoinsLines()
    {
        write("a.log", "INFO:root:old\n");
        RecordingSink sink;
        FileReceiver receiver(options("a.log", true));
        QVERIFY(receiver.start(sink).ok());
        append("a.log", "ERROR:app:new\n");
        append("a.log", "Traceback (most recent call last):\n  File \"x\"\n");
        append("a.log", "KeyError: 1\nINFO:root:next\nINFO:root:unfin");
        QVERIFY(sink.waitForRecords(2));
        QCOMPARE(sink.messages(), (std::vector<std::string>{"new", "next"}));
        append("a.log", "ished\n");
        QVERIFY(sink.waitForRecords(3));
        QCOMPARE(sink.messages().back(), std::string("unfinished"));
        receiver.stop();
    }

    void givesAnUnfinishedLineAfterAWhile()
    {
        write("a.log", "INFO:root:one\nINFO:root:two");
        RecordingSink sink;
        auto chosen = options("a.log");
        chosen.patience.unfinished = std::chrono::milliseconds(100);
        FileReceiver receiver(chosen);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForRecords(2));
        QCOMPARE(sink.messages().back(), std::string("two"));
    }

    void findsFilesByWildcardsAlsoLater()
    {
        QDir(m_directory->path()).mkpath(QStringLiteral("x/logs"));
        write("x/logs/a.log", "INFO:root:a\n");
        write("x/logs/a.txt", "INFO:root:no\n");
        RecordingSink sink;
        FileReceiver receiver(options("*/logs/[ab]*.log"));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForRecords(1));
        write("x/logs/b.log", "INFO:root:b\n");
        QVERIFY(sink.waitForRecords(2));
        QDir(m_directory->path()).mkpath(QStringLiteral("y/logs"));
        write("y/logs/b2.log", "INFO:root:b2\n");
        QVERIFY(sink.waitForRecords(3));
        QCOMPARE(sink.messages(), (std::vector<std::string>{"a", "b", "b2"}));
        QCOMPARE(sink.peers(), (std::vector<std::string>{path("x/logs/a.log"), path("x/logs/b.log"), path("y/logs/b2.log")}));
    }

    void waitsForAFileThatIsNotThereYet()
    {
        RecordingSink sink;
        FileReceiver receiver(options("late.log", true));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForFaults(1));
        QCOMPARE(sink.faults()[0], "There is no file " + path("late.log") + " yet.");
        write("late.log", "INFO:root:here\n");
        QVERIFY(sink.waitForRecords(1)); // whole, though from the end of what was there at the start
        QCOMPARE(sink.messages()[0], std::string("here"));
        QVERIFY(sink.waitForFaults(2));
        QCOMPARE(sink.faults()[1], std::string());
    }

    void saysWhyAFileCannotBeRead()
    {
        QDir(m_directory->path()).mkpath(QStringLiteral("folder"));
        RecordingSink sink;
        FileReceiver receiver(options("folder"));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForFaults(1));
        QCOMPARE(sink.faults()[0], path("folder") + " is no file that could be followed.");
    }

    void seesThatAFileWasWrittenAnew()
    {
        write("a.log", "INFO:root:one\nINFO:root:two\n");
        RecordingSink sink;
        FileReceiver receiver(options("a.log"));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForRecords(2));
        write("a.log", "INFO:root:3\n"); // shorter
        QVERIFY(sink.waitForRecords(3));
        // Longer than before at once, so that its size tells nothing.
        const std::string fresh = path("a.log");
        write("a.log", "INFO:root:four and a long line that makes the file longer than it has ever been before\n");
        QVERIFY(sink.waitForRecords(4));
        write("b.log", "INFO:root:five\n");
        // On Windows a name may stay taken while somebody reads the file that has gone.
        QVERIFY(isWindows ? QFile::rename(QString::fromStdString(fresh), QString::fromStdString(path("old.log")))
                          : QFile::remove(QString::fromStdString(fresh)));
        QVERIFY(QFile::rename(QString::fromStdString(path("b.log")), QString::fromStdString(fresh)));
        QVERIFY(sink.waitForRecords(5));
        const std::vector<std::string> messages = sink.messages();
        QCOMPARE(messages[2], std::string("3"));
        QVERIFY(messages[3].starts_with("four"));
        QCOMPARE(messages[4], std::string("five"));
    }

    void losesNothingWhenLogrotateRenames()
    {
        constexpr int count = 5000;
        write("app.log", "");
        RecordingSink sink;
        FileReceiver receiver(options("app.log"));
        QVERIFY(receiver.start(sink).ok());
        auto program = writer("app.log", count, "watched");
        for (std::size_t i = 1; i <= 5; ++i) {
            QVERIFY(sink.waitForRecords(i * 700));
            QVERIFY(rotate("app.log", "create"));
        }
        const PythonResult written = program.get();
        QVERIFY2(written.ok, written.errors.constData());
        QVERIFY(sink.waitForRecords(count));
        receiver.stop();
        QVERIFY(QFile::exists(QString::fromStdString(path("app.log.5"))));
        QCOMPARE(difference(sink.messages(), numbered(count)), std::string());
        QCOMPARE(countOf(sink.records(), "KeyError: "), std::size_t(count / 10));
    }

    void losesNothingWhenPythonRotates()
    {
        constexpr int count = 3000;
        RecordingSink sink;
        FileReceiver receiver(options("app.log*"));
        QVERIFY(receiver.start(sink).ok());
        auto program = writer("app.log", count, "rotating");
        const PythonResult written = program.get();
        QVERIFY2(written.ok, written.errors.constData());
        QVERIFY(sink.waitForRecords(count));
        receiver.stop();
        std::vector<std::string> messages = sink.messages();
        // Of several files at once, the order is that of each file.
        std::vector<std::string> wanted = numbered(count);
        std::ranges::sort(messages);
        std::ranges::sort(wanted);
        QCOMPARE(difference(messages, wanted), std::string());
    }

    void readsNothingTwiceHoweverFastFilesMove()
    {
        // Names lead to other files between one look and the next. What goes before it was seen is lost, and rightly.
        constexpr int count = 500; // fewer than are followed at once
        RecordingSink sink;
        FileReceiver receiver(options("app.log*"));
        QVERIFY(receiver.start(sink).ok());
        // Not Qt's, which makes a copy where it cannot rename: on Windows while somebody looks at the file.
        const auto move = [this](const char *from, const char *to) {
            return QTest::qWaitFor(
                [&] {
                    std::error_code failed;
                    std::filesystem::rename(path(from), path(to), failed);
                    return !failed;
                },
                test::patience);
        };
        for (int i = 0; i < count; ++i) {
            write("app.log", "INFO:root:line " + QByteArray::number(i) + '\n');
            QVERIFY(i < 3 || move("app.log.3", ("old" + QByteArray::number(i)).constData()));
            QVERIFY(i < 2 || move("app.log.2", "app.log.3"));
            QVERIFY(i < 1 || move("app.log.1", "app.log.2"));
            QVERIFY(move("app.log", "app.log.1"));
        }
        write("app.log", "INFO:root:the end\n");
        QVERIFY(sink.waitForMessage("the end"));
        receiver.stop();
        std::vector<std::string> messages = sink.messages();
        std::ranges::sort(messages);
        const auto twice = std::ranges::adjacent_find(messages);
        QVERIFY2(twice == messages.end(), twice == messages.end() ? "" : twice->c_str());
    }

    void losesNothingWhenLogrotateCutsOff()
    {
        constexpr int count = 3000;
        write("app.log", "");
        RecordingSink sink;
        FileReceiver receiver(options("app.log"));
        QVERIFY(receiver.start(sink).ok());
        auto program = writer("app.log", count, "append");
        for (std::size_t i = 1; i <= 4; ++i) {
            QVERIFY(sink.waitForRecords(i * 500));
            QVERIFY(rotate("app.log", "copytruncate"));
        }
        const PythonResult written = program.get();
        QVERIFY2(written.ok, written.errors.constData());
        QVERIFY(sink.waitForMessage("line 2999"));
        receiver.stop();
        // logrotate itself loses what is written between its copy and its cut; what it kept, in whatever file, must be here once.
        std::vector<std::string> kept;
        for (const char *name : {"app.log.4", "app.log.3", "app.log.2", "app.log.1", "app.log"}) {
            QFile file(QString::fromStdString(path(name)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            for (const QByteArray &line : file.readAll().split('\n')) {
                if (const qsizetype at = line.indexOf(" - line "); at >= 0)
                    kept.push_back(line.mid(at + 3).toStdString());
            }
        }
        const std::vector<std::string> messages = sink.messages();
        std::vector<std::string> once = messages;
        std::ranges::sort(once);
        QVERIFY2(std::ranges::adjacent_find(once) == once.end(), "a record came twice");
        for (const std::string &line : kept)
            QVERIFY2(std::ranges::binary_search(once, line), line.c_str());
    }

    void findsInTheCopyWhatWasCutOffUnread()
    {
        // The sink is full while the file is copied and cut off, so that nothing can have been read in time.
        const QByteArray first = "INFO:root:one\nINFO:root:two, which is long enough to know the copy by\n";
        write("app.log", first);
        RecordingSink sink;
        FileReceiver receiver(options("app.log"));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForRecords(2));
        sink.setFull(true);
        append("app.log", "INFO:root:three\nINFO:root:four\n");
        QVERIFY(sink.waitUntilWaiting());
        append("app.log", "INFO:root:five\nINFO:root:six\n");
        QVERIFY(QFile::copy(QString::fromStdString(path("app.log")), QString::fromStdString(path("app.log.1"))));
        write("app.log", "INFO:root:seven\n");
        sink.setFull(false);
        QVERIFY(sink.waitForRecords(7));
        QCOMPARE(sink.messages(), (std::vector<std::string>{"one", "two, which is long enough to know the copy by", "three", "four",
                                                            "five", "six", "seven"}));
    }

    void goesOnAfterARestart()
    {
        write("app.log", "INFO:root:one\nINFO:root:two\nINFO:root:unfin");
        auto chosen = options("app.log");
        chosen.positions = path("positions.json");
        RecordingSink sink;
        FileReceiver receiver(chosen);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForRecords(2));
        receiver.stop();
        // Meanwhile it grows, is renamed, and there is a new one.
        append("app.log", "ished\nINFO:root:three\n");
        QVERIFY(QFile::rename(QString::fromStdString(path("app.log")), QString::fromStdString(path("app.log.1"))));
        write("app.log", "INFO:root:four\n");
        {
            FileReceiver again(chosen);
            QVERIFY(again.start(sink).ok());
            QVERIFY(sink.waitForRecords(5));
            again.stop();
        }
        append("app.log", "INFO:root:five\n");
        FileReceiver again(chosen);
        QVERIFY(again.start(sink).ok());
        QVERIFY(sink.waitForRecords(6));
        again.stop();
        QCOMPARE(sink.messages(), (std::vector<std::string>{"one", "two", "unfinished", "three", "four", "five"}));
    }

    void saysWhereItGoesOnAfterARestart()
    {
        const QByteArray before = "INFO:root:one\nINFO:root:two\n";
        const auto restart = [&](const std::function<void()> &meanwhile) {
            QFile::remove(QString::fromStdString(path("app.log")));
            QFile::remove(QString::fromStdString(path("app.log.1")));
            QFile::remove(QString::fromStdString(path("positions.json")));
            write("app.log", before);
            auto chosen = options("app.log", true);
            chosen.positions = path("positions.json");
            chosen.announce = true;
            RecordingSink first;
            FileReceiver receiver(chosen);
            if (!receiver.start(first).ok())
                return std::vector<std::string>();
            receiver.stop();
            meanwhile();
            RecordingSink sink;
            FileReceiver again(chosen);
            if (!again.start(sink).ok() || !sink.waitForRecords(1))
                return std::vector<std::string>();
            append("app.log", "INFO:root:last\n");
            while (sink.messages().back() != "last") {
                if (!sink.waitForRecords(sink.messages().size() + 1))
                    return sink.messages();
            }
            again.stop();
            return sink.messages();
        };
        const std::string name = path("app.log") + ": ";
        const auto rename = [&] { QFile::rename(QString::fromStdString(path("app.log")), QString::fromStdString(path("app.log.1"))); };
        using Messages = std::vector<std::string>;
        QCOMPARE(restart([] {}), (Messages{name + "gone on with at byte 28; nothing was written meanwhile.", "last"}));
        QCOMPARE(restart([&] { append("app.log", "INFO:root:three\n"); }),
                 (Messages{name + "gone on with at byte 28; 16 bytes were written meanwhile.", "three", "last"}));
        QCOMPARE(restart([&] { write("app.log", "INFO:root:anew\n"); }),
                 (Messages{name + "read from its beginning: it was written anew meanwhile.", "anew", "last"}));
        QCOMPARE(restart([&] {
                     rename();
                     write("app.log", "INFO:root:anew\n");
                 }),
                 (Messages{name + "read from its beginning: it was begun meanwhile, and the one before it was renamed.", "anew", "last"}));
        // As an editor saves, and as logrotate does that packs the old one at once.
        const auto replace = [&](const QByteArray &text) {
            write("other", text);
            QFile::remove(QString::fromStdString(path("app.log")));
            QFile::rename(QString::fromStdString(path("other")), QString::fromStdString(path("app.log")));
        };
        QCOMPARE(restart([&] { replace(before + "INFO:root:three\n"); }),
                 (Messages{name + "gone on with at byte 28: another file took its place meanwhile, which begins like it.", "three", "last"}));
        QCOMPARE(restart([&] { replace("INFO:root:of another\n"); }),
                 (Messages{name + "another file took its place meanwhile: followed from its end, 21 bytes that stand in it were not read.",
                           "last"}));
    }

    void keepsNoPositionOfWhatTheSinkRefused()
    {
        write("app.log", "INFO:root:one\nINFO:root:two\n");
        auto chosen = options("app.log");
        chosen.positions = path("positions.json");
        {
            RecordingSink sink;
            sink.setFull(true);
            FileReceiver receiver(chosen);
            QVERIFY(receiver.start(sink).ok());
            QVERIFY(sink.waitUntilWaiting());
            sink.stop();
            receiver.stop();
        }
        RecordingSink sink;
        FileReceiver receiver(chosen);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForRecords(2));
        QCOMPARE(sink.messages(), (std::vector<std::string>{"one", "two"}));
    }

    void readsWhatNginxWrites()
    {
        const PythonResult served = runPython("tests/receiver/serve_with_nginx.py", {m_directory->path()});
        QVERIFY2(served.ok, served.errors.constData());
        QCOMPARE(served.output, QByteArray("200\n200\n404\n"));
        RecordingSink access;
        FileReceiver receiver(options("access.log", false, false));
        QVERIFY(receiver.start(access).ok());
        QVERIFY(access.waitUntilFinished());
        const std::vector<std::string> records = access.records();
        QCOMPARE(records.size(), 3u);
        for (const char *part : {"\"name\": \"access\"", "\"method\": \"GET\"", "\"path\": \"/index.html?a=b%20c\"", "\"status\": 200",
                                 "\"bytes\": 6", "\"referer\": \"http://e.org/\"", "\"remote_addr\": \"127.0.0.1\""})
            QVERIFY2(records[1].find(part) != std::string::npos, records[1].c_str());
        QVERIFY2(records[2].find("\"levelname\": \"WARNING\"") != std::string::npos, records[2].c_str());

        RecordingSink errors;
        FileReceiver errorReceiver(options("error.log", false, false));
        QVERIFY(errorReceiver.start(errors).ok());
        QVERIFY(errors.waitUntilFinished());
        QVERIFY(countOf(errors.records(), "\"levelname\": \"ERROR\"") == 1); // the page that is missing
        QVERIFY(countOf(errors.messages(), "No such file or directory") == 1);
        QVERIFY(countOf(errors.messages(), "[notice]") == 0); // its format was recognised
    }

    void readsOtherEncodings_data()
    {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("utf-8 with mark") << QByteArray("utf-8") << QByteArray("\xEF\xBB\xBFINFO:root:gr\xC3\xBC\xC3\x9F\n");
        QTest::newRow("latin-1") << QByteArray("latin-1") << QByteArray("INFO:root:gr\xFC\xDF\n");
        QTest::newRow("cp1252") << QByteArray("cp1252") << QByteArray("INFO:root:gr\xFC\xDF\n");
        const QString text = QStringLiteral("INFO:root:grüß\n");
        QTest::newRow("utf-16") << QByteArray("utf-16")
                                << QByteArray("\xFF\xFE") + QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    }

    void readsOtherEncodings()
    {
        QFETCH(QByteArray, encoding);
        QFETCH(QByteArray, bytes);
        write("a.log", bytes + bytes.mid(bytes.startsWith("\xEF\xBB\xBF") ? 3 : encoding == "utf-16" ? 2 : 0));
        RecordingSink sink;
        auto chosen = options("a.log", false, false);
        chosen.text.encoding = encoding.toStdString();
        FileReceiver receiver(chosen);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QVERIFY(!sink.messages().empty());
        QCOMPARE(sink.messages()[0], std::string("gr\xC3\xBC\xC3\x9F"));
    }

    void cutsWhatIsTooLong()
    {
        write("a.log", "INFO:root:" + QByteArray(300'000, 'x') + "\nINFO:root:next\n");
        RecordingSink sink;
        auto chosen = options("a.log", false, false);
        chosen.text.maxLine = 2000;
        FileReceiver receiver(chosen);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QCOMPARE(sink.messages().size(), 2u);
        QCOMPARE(sink.messages()[0].size(), 2000 - std::strlen("INFO:root:"));
        QCOMPARE(sink.messages()[1], std::string("next"));
        QCOMPARE(sink.rejections().size(), 1u);
    }

    void stopsWhileTheSinkIsFull()
    {
        write("a.log", "INFO:root:one\n");
        RecordingSink sink;
        sink.setFull(true);
        FileReceiver receiver(options("a.log"));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilWaiting());
        sink.stop();
        receiver.stop();
    }

    void isANodeThatChecksItsParameters()
    {
        const NodeType *type = NodeRegistry::builtin().find("FileReceiver");
        QVERIFY(type);
        const auto problems = [&](const QJsonObject &params) {
            std::string all;
            for (const Problem &problem : type->check(params, "$"))
                all += problem.place + " " + problem.text + "\n";
            return all;
        };
        const QJsonArray paths{QStringLiteral("a.log")};
        QCOMPARE(problems({{QStringLiteral("paths"), paths}}), std::string());
        QVERIFY(problems({{QStringLiteral("paths"), QJsonArray{}}}).starts_with("$.paths "));
        QCOMPARE(problems({{QStringLiteral("paths"), paths}, {QStringLiteral("format"), QStringLiteral("python")}}),
                 std::string("$.pattern The format python needs a pattern.\n"));
        QVERIFY(problems({{QStringLiteral("paths"), paths}, {QStringLiteral("timeZone"), QStringLiteral("Mars")}}).starts_with("$.timeZone "));
        QVERIFY(problems({{QStringLiteral("paths"), paths}, {QStringLiteral("encoding"), QStringLiteral("klingon")}}).starts_with("$.encoding "));
        NodeContext context;
        context.baseDirectory = m_directory->path().toStdString();
        write("a.log", "INFO:root:one\n");
        auto made = type->create({{QStringLiteral("paths"), paths}, {QStringLiteral("from"), QStringLiteral("start")}}, context);
        QVERIFY(made.ok());
        RecordingSink sink;
        const auto receiver = std::get<std::shared_ptr<Receiver>>(*made);
        QVERIFY(receiver->start(sink).ok());
        QVERIFY(sink.waitForRecords(1));
        QCOMPARE(QDir::fromNativeSeparators(QString::fromStdString(receiver->endpoint())).toStdString(), path("a.log"));
        receiver->stop();
    }
};

QTEST_GUILESS_MAIN(FileReceiverTest)
#include "FileReceiverTest.moc"
