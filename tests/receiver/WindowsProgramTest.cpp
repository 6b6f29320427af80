#include "ShowStrings.h"
#include "receiver/RecordingSink.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

#include "chain/NodeRegistry.h"
#include "receiver/ProgramReceiver.h"

#include <windows.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <memory>

using namespace sluice;

namespace {

bool holds(const std::string &record, std::string_view text) { return record.find(text) != std::string::npos; }

std::string recordWith(const std::vector<std::string> &records, std::string_view text)
{
    const auto found = std::ranges::find_if(records, [&](const std::string &r) { return holds(r, text); });
    return found == records.end() ? "(none)" : *found;
}

ProgramReceiver::Options command(std::vector<std::string> arguments)
{
    ProgramReceiver::Options options;
    options.command.program = "cmd.exe";
    options.command.arguments = {"/d", "/c"};
    std::ranges::move(arguments, std::back_inserter(options.command.arguments));
    options.firstPause = std::chrono::milliseconds(10);
    return options;
}

ProgramReceiver::Options talking(std::vector<std::string> arguments)
{
    ProgramReceiver::Options options;
    options.command.program = SLUICE_TALKING_PROGRAM;
    options.command.arguments = std::move(arguments);
    options.killDelay = std::chrono::milliseconds(20'000);
    return options;
}

} // namespace

/// Programs of Windows that are run and read: its command interpreter, a batch file, and one that says what it is told to.
class WindowsProgramTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void readsBothStreamsAndTheEnd()
    {
        RecordingSink sink;
        ProgramReceiver receiver(command({"echo ERROR:app:failed&echo no format at all>&2&exit 3"}));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        const std::vector<std::string> records = sink.records();
        QCOMPARE(records.size(), 3u);
        const std::string failed = recordWith(records, "\"failed\"");
        QVERIFY2(holds(failed, "\"name\": \"app\"") && holds(failed, "\"levelname\": \"ERROR\"") && holds(failed, "\"stream\": \"stdout\""),
                 failed.c_str());
        const std::string plain = recordWith(records, "no format at all");
        QVERIFY2(holds(plain, "\"levelname\": \"WARNING\"") && holds(plain, "\"stream\": \"stderr\""), plain.c_str());
        QVERIFY2(holds(records.back(), "cmd.exe exited with 3\"") && holds(records.back(), "\"exit_status\": 3"), records.back().c_str());
        QCOMPARE(sink.peers().front(), std::string("cmd.exe"));
    }

    void passesDirectoryAndEnvironment()
    {
        ProgramReceiver::Options options = command({"echo", "%COLOUR%", "&", "cd"});
        options.command.directory = m_directory->path().toStdString();
        options.command.environment = {{"COLOUR", "blue"}};
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QCOMPARE(QString::fromStdString(sink.messages().at(0)).trimmed(), QStringLiteral("blue"));
        QCOMPARE(QString::fromStdString(sink.messages().at(1)).toLower(), QDir::toNativeSeparators(m_directory->path()).toLower());
    }

    void passesArgumentsAsTheyAre()
    {
        const std::vector<std::string> words{"a b", "%PATH%", "*", "'\"", "gr\xC3\xBC\xC3\x9F \xF0\x9F\x9A\xB0", "c:\\x\\"};
        std::vector<std::string> arguments = words;
        arguments.insert(arguments.begin(), "say");
        RecordingSink sink;
        ProgramReceiver receiver(talking(arguments));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        std::vector<std::string> said = sink.messages();
        said.pop_back(); // how it ended
        QCOMPARE(said, words);
    }

    void saysWhyAProgramCannotBeStarted()
    {
        ProgramReceiver::Options options;
        options.command.program = "no-such-program-anywhere";
        RecordingSink sink;
        ProgramReceiver receiver(options);
        const Status status = receiver.start(sink);
        QVERIFY(!status.ok());
        QVERIFY2(status.error().text.starts_with("The program no-such-program-anywhere cannot be started: "), status.error().text.c_str());
    }

    void startsAgainWhatFails()
    {
        ProgramReceiver::Options options = command({"echo run&exit 1"});
        options.restart = ProgramReceiver::Restart::OnFailure;
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForRecords(4));
        receiver.stop();
        const std::vector<std::string> messages = sink.messages();
        QCOMPARE(messages[0], std::string("run"));
        QCOMPARE(messages[1], std::string("cmd.exe exited with 1; it is started again in 0.010 s"));
        QCOMPARE(messages[2], std::string("run"));
        QVERIFY(!sink.isFinished());
    }

    void losesNothingOfMuch()
    {
        RecordingSink sink;
        ProgramReceiver receiver(talking({"much", "20000"}));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        const std::vector<std::string> messages = sink.messages();
        QCOMPARE(messages.size(), 20'001u);
        QVERIFY(std::ranges::find(messages, "line 19999") != messages.end());
    }

    void asksAProgramToEndByCtrlBreak()
    {
        if (isWine())
            QSKIP("Wine 8 refuses Ctrl+Break, to a group as to all; Ctrl+C it takes");
        FreeConsole(); // as a program that has a window
        RecordingSink sink;
        ProgramReceiver receiver(talking({"wait"}));
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForMessage("ready"));
        receiver.stop();
        QCOMPARE(sink.messages(), (std::vector<std::string>{"ready", "goodbye", "TalkingProgram.exe exited with 0"}));
    }

    void endsAProgramThatDoesNotWantToWithAllThatItStarted()
    {
        const QString held = m_directory->filePath(QStringLiteral("held"));
        ProgramReceiver::Options options = command({"%TALKING%", "hold", "%HELD%"});
        options.command.environment = {{"TALKING", std::filesystem::path(SLUICE_TALKING_PROGRAM).make_preferred().string()},
                                       {"HELD", QDir::toNativeSeparators(held).toStdString()}};
        options.killDelay = std::chrono::milliseconds(200);
        RecordingSink sink;
        ProgramReceiver receiver(options);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForMessage("held"));
        QVERIFY(!QFile(held).open(QIODevice::ReadOnly)); // by the program that the interpreter has started
        receiver.stop();
        QTRY_VERIFY(QFile(held).open(QIODevice::ReadOnly));
        QVERIFY2(sink.messages().back().starts_with("cmd.exe was ended"), sink.messages().back().c_str());
    }

    void isANodeThatRunsABatchFileOfItsProject()
    {
        QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("tools")));
        QFile batch(m_directory->filePath(QStringLiteral("tools/talk.bat")));
        QVERIFY(batch.open(QIODevice::WriteOnly));
        batch.write("@echo INFO:app:%1\r\n");
        batch.close();
        const NodeType *type = NodeRegistry::builtin().find("ProgramReceiver");
        NodeContext context;
        context.baseDirectory = m_directory->path().toStdString();
        auto made = type->create({{QStringLiteral("program"), QStringLiteral("tools\\talk.bat")},
                                  {QStringLiteral("arguments"), QJsonArray{QStringLiteral("hello")}}},
                                 context);
        QVERIFY(made.ok());
        RecordingSink sink;
        const auto receiver = std::get<std::shared_ptr<Receiver>>(*made);
        const Status status = receiver->start(sink);
        QVERIFY2(status.ok(), status.ok() ? "" : status.error().text.c_str());
        QVERIFY(sink.waitUntilFinished());
        QCOMPARE(sink.messages(), (std::vector<std::string>{"hello", "talk.bat exited with 0"}));
        receiver->stop();
    }
};

QTEST_GUILESS_MAIN(WindowsProgramTest)
#include "WindowsProgramTest.moc"
