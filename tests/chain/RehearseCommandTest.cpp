#include "support/Patience.h"
#include "support/RunProgram.h"
#include "support/TestPaths.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>

/// `sluicectl rehearse`, as a program.
class RehearseCommandTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    const QString m_program = sluice::test::inBin("sluicectl");
    QString m_project;
    QString m_other;
    QString m_records;

    QString write(const char *name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return {};
        return file.fileName();
    }

    static QByteArray project(const QByteArray &format)
    {
        // With apostrophes, which moc understands.
        QByteArray text = "{'sluice': 1, 'nodes': ["
                          "{'id': 'in', 'type': 'SocketReceiver', 'params': {'port': 1}},"
                          "{'id': 'log', 'type': 'RotatingFileHandler', 'params': {'filename': 'out.log', 'maxBytes': 500, 'backupCount': 2,"
                          " 'formatter': {'format': 'FORMAT'}}},"
                          "{'id': 'peer', 'type': 'SocketHandler', 'params': {'host': '127.0.0.1', 'port': 1}},"
                          "{'id': 'web', 'type': 'HTTPHandler', 'params': {'host': '127.0.0.1:1', 'url': '/'}},"
                          "{'id': 'syslog', 'type': 'SysLogHandler', 'params': {'address': ['127.0.0.1', 1]}},"
                          "{'id': 'mail', 'type': 'SMTPHandler', 'params': {'mailhost': ['127.0.0.1', 1], 'fromaddr': 'a@b', 'toaddrs': ['c@d']}}],"
                          "'wires': [{'from': 'in', 'port': 'out', 'to': 'log'}, {'from': 'in', 'port': 'out', 'to': 'peer'},"
                          "{'from': 'in', 'port': 'out', 'to': 'web'}, {'from': 'in', 'port': 'out', 'to': 'syslog'},"
                          "{'from': 'in', 'port': 'out', 'to': 'mail'}]}";
        return text.replace('\'', '"').replace("FORMAT", format);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_project = write("p.sluice", project("%(message)s"));
        m_other = write("other.sluice", project("%(levelname)s %(message)s"));
        QByteArray lines;
        for (int i = 0; i < 100; ++i)
            lines += "{\"name\": \"app\", \"msg\": \"record " + QByteArray::number(i) + "\", \"args\": null, \"levelno\": " + (i % 10 ? "20" : "40") +
                     ", \"levelname\": \"" + (i % 10 ? "INFO" : "ERROR") + "\", \"created\": " + QByteArray::number(1'700'000'000 + i) + "}\n";
        m_records = write("records.jsonl", lines);
    }

    void saysWhatEachNodeWouldHaveDone()
    {
        const ProgramResult result = runOwnProgram(m_program, {QStringLiteral("rehearse"), m_project, QStringLiteral("--records"), m_records, QStringLiteral("--samples")});
        QVERIFY2(result.ok, result.errors.constData());
        QVERIFY2(result.output.startsWith("100 records\n"), result.output.constData());
        QVERIFY2(result.output.contains("  log: 100 lines, 990 bytes, 2 new files\n"), result.output.constData());
        QVERIFY(result.output.contains("    ! Its file is taken to be empty at the beginning.\n"));
        QVERIFY(result.output.contains("    | record 0\n"));
        QVERIFY(result.output.contains("    + out.log becomes out.log.1\n"));
        QVERIFY(result.output.contains("  peer: 100 frames, "));
        QVERIFY(result.output.contains("  web: 100 requests, "));
        QVERIFY(result.output.contains("    | <14>record 1\\x00\n"));
        QVERIFY(result.output.contains("  mail: 100 mails, "));
    }

    void comparesWithAnotherChain()
    {
        const ProgramResult result = runOwnProgram(m_program, {QStringLiteral("rehearse"), m_other, QStringLiteral("--records"), m_records,
                                                            QStringLiteral("--against"), m_project, QStringLiteral("--where"), QStringLiteral("level >= ERROR")});
        QVERIFY2(result.ok, result.errors.constData());
        QVERIFY2(result.output.contains("* log\n  - against: 10 lines, 99 bytes\n") &&
                     result.output.contains("  + config: 10 lines, 159 bytes\n"),
                 result.output.constData());
        QVERIFY(!result.output.contains("* peer"));
    }

    void whatIsWrongIsSaid()
    {
        QVERIFY(!runOwnProgram(m_program, {QStringLiteral("rehearse"), m_project}).ok);
        const ProgramResult none = runOwnProgram(m_program, {QStringLiteral("rehearse"), m_project, QStringLiteral("--records"), m_folder.filePath(QStringLiteral("none"))});
        QVERIFY(!none.ok && none.errors.contains("There is no file"));
        QVERIFY(!runOwnProgram(m_program, {QStringLiteral("rehearse"), m_records, QStringLiteral("--records"), m_records}).ok);
    }

    /// Every call of the system that would change a file or speak to somebody is watched: there is none.
    void theWorldOutsideIsLeftAlone()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("strace")).isEmpty())
            QSKIP("needs strace");
        const QString trace = m_folder.filePath(QStringLiteral("trace"));
        const QStringList before = QDir(m_folder.path()).entryList(QDir::Files);
        const ProgramResult result = runProgram(QStringLiteral("strace"), {QStringLiteral("-f"), QStringLiteral("-o"), trace, QStringLiteral("-e"), QStringLiteral("trace=%file,%network,ftruncate"),
                                                                           m_program, QStringLiteral("rehearse"), m_project, QStringLiteral("--records"), m_records});
        if (!result.ok && result.errors.contains("ptrace"))
            QSKIP("programs may not be watched here");
        QVERIFY2(result.ok, result.errors.constData());
        QFile file(trace);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> calls = file.readAll().split('\n');
        QVERIFY(calls.size() > 20);
        for (const QByteArray &call : calls) {
            if (call.contains("/tsan.rodata.")) // ThreadSanitizer's own
                continue;
            for (const char *changing : {"O_WRONLY", "O_RDWR", "O_CREAT", "socket(", "connect(", "bind(", "send", "rename", "unlink", "mkdir", "truncate", "chmod"})
                QVERIFY2(!call.contains(changing), call.constData());
        }
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), before + QStringList{QStringLiteral("trace")});
    }
};

QTEST_GUILESS_MAIN(RehearseCommandTest)
#include "RehearseCommandTest.moc"
