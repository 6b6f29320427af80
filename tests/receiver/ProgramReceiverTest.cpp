#include "ShowStrings.h"
#include "receiver/RecordingSink.h"
#include "support/Patience.h"
#include "support/Python.h"

#include "chain/NodeRegistry.h"
#include "receiver/ProgramReceiver.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>

using namespace sluice;

namespace {

/// Python's warnings and errors go to standard error, what it prints to standard output; then it ends with 3.
constexpr const char *failing = "import logging, sys\n"
                                "logging.basicConfig(level=logging.DEBUG)\n"
                                "print('no format at all', file=sys.stderr)\n"
                                "print('plain output')\n"
                                "logging.getLogger('app').info('started %d', 1)\n"
                                "try:\n"
                                "    1 / 0\n"
                                "except ZeroDivisionError:\n"
                                "    logging.exception('failed')\n"
                                "sys.exit(3)\n";

ProgramReceiver::Options python(const char *code)
{
    ProgramReceiver::Options options;
    options.command.program = pythonProgram;
    options.command.arguments = {"-c", code};
    options.firstPause = std::chrono::milliseconds(10);
    options.killDelay = std::chrono::milliseconds(20'000);
    return options;
}

std::string recordWith(const std::vector<std::string> &records, std::string_view text)
{
    const auto found = std::ranges::find_if(records, [&](const std::string &r) { return r.find(text) != r.npos; });
    return found == records.end() ? "(none)" : *found;
}

bool holds(const std::string &record, std::string_view text) { return record.find(text) != std::string::npos; }

} // namespace

class ProgramReceiverTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_directory;

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void readsBothStreamsAndTheEnd()
    {
        RecordingSink sink;
        ProgramReceiver receiver(python(failing));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        const std::vector<std::string> records = sink.records();
        QCOMPARE(records.size(), 5u);
        const std::string printed = recordWith(records, "plain output");
        QVERIFY2(holds(printed, "\"stream\": \"stdout\"") && holds(printed, "\"levelname\": \"INFO\""), printed.c_str());
        const std::string started = recordWith(records, "started 1");
        QVERIFY2(holds(started, "\"stream\": \"stderr\"") && holds(started, "\"name\": \"app\"") &&
                     holds(started, "\"levelname\": \"INFO\""),
                 started.c_str());
        const std::string failed = recordWith(records, "\"failed\"");
        QVERIFY2(holds(failed, "ZeroDivisionError: division by zero") && holds(failed, "\"exc_text\": \"Traceback"), failed.c_str());
        const std::string plain = recordWith(records, "no format at all");
        QVERIFY2(holds(plain, "\"levelname\": \"WARNING\""), plain.c_str());
        const std::string end = records.back();
        QVERIFY2(holds(end, "\"name\": \"sluice.program\"") && holds(end, "python3 exited with 3\"") &&
                     holds(end, "\"levelname\": \"ERROR\"") && holds(end, "\"exit_status\": 3"),
                 end.c_str());
        QCOMPARE(sink.peers().front(), std::string("python3"));
        receiver.stop();
    }

    void readsWhatLoggerSays()
    {
        ProgramReceiver::Options options;
        options.command.program = "logger";
        options.command.arguments = {"--stderr", "--no-act", "--socket-errors=off", "--id=77", "-p", "user.err", "-t", "app", "disk is full: /var"};
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        const std::string record = sink.records()[0];
        QVERIFY2(holds(record, "\"name\": \"app\"") && holds(record, "\"levelname\": \"ERROR\"") &&
                     holds(record, "\"process\": 77") && holds(record, "\"stream\": \"stderr\""),
                 record.c_str());
        QCOMPARE(sink.messages()[0], std::string("disk is full: /var"));
    }

    void passesArgumentsDirectoryAndEnvironmentAsTheyAre()
    {
        ProgramReceiver::Options options = python("import os, sys; print(sys.argv[1:], os.getcwd(), os.environ['COLOUR'])");
        options.command.arguments.insert(options.command.arguments.end(), {"a b", "$HOME", "*", "'\""});
        options.command.directory = m_directory->path().toStdString();
        options.command.environment = {{"COLOUR", "blue & green"}};
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QCOMPARE(sink.messages()[0], "['a b', '$HOME', '*', '\\'\"'] " + m_directory->path().toStdString() + " blue & green");
        QVERIFY(holds(sink.records()[1], "\"levelname\": \"INFO\""));
    }

    void revealsSecretsOfItsEnvironment()
    {
        qputenv("SLUICE_PROGRAM_TEST", "swordfish");
        const QJsonObject params{{QStringLiteral("program"), QStringLiteral("/usr/bin/python3")},
                                 {QStringLiteral("arguments"), QJsonArray{QStringLiteral("-c"), QStringLiteral("import os; print(os.environ['DB_PASSWORD'], os.environ['TZ'])")}},
                                 {QStringLiteral("environment"), QJsonObject{{QStringLiteral("DB_PASSWORD"), QStringLiteral("${env:SLUICE_PROGRAM_TEST}")},
                                                                             {QStringLiteral("TZ"), QStringLiteral("UTC")}}}};
        NodeContext context;
        context.baseDirectory = m_directory->path().toStdString();
        const NodeType &type = *NodeRegistry::builtin().find("ProgramReceiver");
        const auto made = type.create(params, context);
        QVERIFY(made.ok());
        RecordingSink sink;
        const auto receiver = std::get<std::shared_ptr<Receiver>>(*made);
        QVERIFY(receiver->start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QCOMPARE(sink.messages()[0], std::string("swordfish UTC"));
        qunsetenv("SLUICE_PROGRAM_TEST");
        const auto failed = type.create(params, context);
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().text, std::string("The environment variable SLUICE_PROGRAM_TEST is not set."));
    }

    void saysWhyAProgramCannotBeStarted()
    {
        ProgramReceiver::Options options;
        options.command.program = "no-such-program-anywhere";
        RecordingSink sink;
        ProgramReceiver receiver(options);
        const Status status = receiver.start(sink);
        QVERIFY(!status.ok());
        QVERIFY2(status.error().text.starts_with("The program no-such-program-anywhere cannot be started: "),
                 status.error().text.c_str());
        receiver.stop();
    }

    void startsAgainWhatFails()
    {
        ProgramReceiver::Options options = python("import sys; print('run', flush=True); sys.exit(1)");
        options.restart = ProgramReceiver::Restart::OnFailure;
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForRecords(6));
        receiver.stop();
        const std::vector<std::string> messages = sink.messages();
        QCOMPARE(messages[0], std::string("run"));
        QCOMPARE(messages[1], std::string("python3 exited with 1; it is started again in 0.010 s"));
        QCOMPARE(messages[2], std::string("run"));
        QCOMPARE(messages[3], std::string("python3 exited with 1; it is started again in 0.020 s"));
        QVERIFY(!sink.isFinished());
    }

    void doesNotStartAgainWhatSucceeds()
    {
        ProgramReceiver::Options options = python("print('run')");
        options.restart = ProgramReceiver::Restart::OnFailure;
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QCOMPARE(sink.messages(), (std::vector<std::string>{"run", "python3 exited with 0"}));
    }

    void letsAProgramEndByItself()
    {
        ProgramReceiver::Options options =
            python("import signal, sys, time\n"
                   "def end(*_):\n"
                   "    print('goodbye', flush=True)\n"
                   "    sys.exit(0)\n"
                   "signal.signal(signal.SIGTERM, end)\n"
                   "print('ready', flush=True)\n"
                   "while True:\n"
                   "    time.sleep(60)\n");
        options.restart = ProgramReceiver::Restart::Always;
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForMessage("ready"));
        receiver.stop();
        QCOMPARE(sink.messages(), (std::vector<std::string>{"ready", "goodbye", "python3 exited with 0"}));
        QVERIFY(!sink.isFinished());
    }

    void endsAProgramThatDoesNotWantToWithAllThatItStarted()
    {
        // A child of the program has the same deaf ear, and would keep its lock for ever.
        ProgramReceiver::Options options =
            python("import fcntl, os, signal, sys, time\n"
                   "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                   "if os.fork() == 0:\n"
                   "    lock = open('lock', 'w')\n"
                   "    fcntl.flock(lock, fcntl.LOCK_EX)\n"
                   "    print('locked', flush=True)\n"
                   "while True:\n"
                   "    time.sleep(60)\n");
        options.command.directory = m_directory->path().toStdString();
        options.killDelay = std::chrono::milliseconds(200);
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForMessage("locked"));
        receiver.stop();
        QCOMPARE(sink.messages().back(), std::string("python3 was ended by signal 9"));
        const QByteArray code = "import fcntl, sys; fcntl.flock(open(sys.argv[1], 'w'), fcntl.LOCK_EX)";
        QVERIFY(runPythonWith({QStringLiteral("-c"), QString::fromLatin1(code), m_directory->filePath(QStringLiteral("lock"))}).ok);
    }

    void losesNothingOfMuch()
    {
        ProgramReceiver::Options options =
            python("import sys\nfor i in range(100000): print('INFO:app:line', i, file=[sys.stdout, sys.stderr][i % 2])");
        options.command.environment = {{"PYTHONUNBUFFERED", ""}};
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        const std::vector<std::string> messages = sink.messages();
        QCOMPARE(messages.size(), 100'001u);
        QVERIFY(std::ranges::find(messages, "line 99999") != messages.end());
    }

    void stopsWhileTheSinkIsFull()
    {
        RecordingSink sink;
        sink.setFull(true);
        ProgramReceiver receiver(python("while True: print('x' * 100)"));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilWaiting());
        sink.stop();
        receiver.stop();
    }

    void isANode()
    {
        const NodeType *type = NodeRegistry::builtin().find("ProgramReceiver");
        QVERIFY(type);
        const QJsonObject params{{QStringLiteral("program"), QStringLiteral("/usr/bin/python3")},
                                 {QStringLiteral("arguments"), QJsonArray{QStringLiteral("-c"), QStringLiteral("print('1|2')")}},
                                 {QStringLiteral("format"), QStringLiteral("pattern")},
                                 {QStringLiteral("pattern"), QStringLiteral("(?P<first>\\d)\\|(?P<message>.*)")}};
        QVERIFY(type->check(params, "$").empty());
        NodeContext context;
        context.baseDirectory = m_directory->path().toStdString();
        auto made = type->create(params, context);
        QVERIFY(made.ok());
        RecordingSink sink;
        const auto receiver = std::get<std::shared_ptr<Receiver>>(*made);
        QVERIFY(receiver->start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QVERIFY(holds(sink.records()[0], "\"first\": \"1\""));
        QCOMPARE(sink.messages()[0], std::string("2"));
        QCOMPARE(receiver->endpoint(), std::string("/usr/bin/python3 -c print('1|2')"));
        receiver->stop();
    }
};

QTEST_GUILESS_MAIN(ProgramReceiverTest)
#include "ProgramReceiverTest.moc"
