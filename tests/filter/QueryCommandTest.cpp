#include "capture/Capture.h"
#include "capture/SampleRecords.h"
#include "capture/SaveRecords.h"
#include "handler/FileCompression.h"
#include "record/Level.h"
#include "support/Patience.h"
#include "support/TestPaths.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace {

struct Run
{
    int status = -1;
    QString output;
    QString errors;
};

QString text(QByteArray bytes) { return QString::fromUtf8(bytes.replace("\r\n", "\n")); }

} // namespace

class QueryCommandTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString file(const QString &name, const QByteArray &content)
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            return {};
        return out.fileName();
    }

    Run query(const QStringList &words, const QByteArray &input = {})
    {
        Run run;
        QProcess program;
        program.start(sluice::test::inBin("sluicectl"), QStringList{QStringLiteral("query")} + words);
        program.write(input);
        program.closeWriteChannel();
        if (!program.waitForFinished(60'000) || program.exitStatus() != QProcess::NormalExit)
            return run;
        run.status = program.exitCode();
        run.output = text(program.readAllStandardOutput());
        run.errors = text(program.readAllStandardError());
        return run;
    }

    QString m_json;
    QString m_python;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        m_json = file(QStringLiteral("records.jsonl"),
                      R"({"name": "app.db", "msg": "slow query", "args": null, "levelno": 30, "levelname": "WARNING", "created": 1700000000.5, "user": {"id": 7}}
{"name": "app.http", "msg": "GET /", "args": null, "levelno": 20, "levelname": "INFO", "created": 1700000001.5}
{"name": "app.db.pool", "msg": "exhausted", "args": null, "levelno": 40, "levelname": "ERROR", "created": 1700000002.5, "exc_text": "Traceback\nTimeout"}
)");
        m_python = file(QStringLiteral("app.log"), "2024-01-31 10:00:00,250 - app.db - INFO - connected\n"
                                                   "2024-01-31 10:00:01,250 - app.http - ERROR - failed\n"
                                                   "Traceback (most recent call last):\n"
                                                   "  File \"x.py\", line 1, in <module>\n"
                                                   "ZeroDivisionError: division by zero\n"
                                                   "2024-01-31 10:00:02,250 - app.db - WARNING - slow\n");
    }

    void writesWhatTheExpressionDescribes()
    {
        const Run run = query({m_json, QStringLiteral("logger in app.db level >= WARNING"), QStringLiteral("--text"),
                               QStringLiteral("%(levelname)s %(name)s %(message)s")});
        QCOMPARE(run.errors, QString());
        QCOMPARE(run.output, QStringLiteral("WARNING app.db slow query\nERROR app.db.pool exhausted\nTraceback\nTimeout\n"));
        QCOMPARE(run.status, 0);
    }

    void writesJsonThatCanBeReadAgain()
    {
        const Run run = query({m_json, QStringLiteral("user.id == 7"), QStringLiteral("--json")});
        const QJsonObject object = QJsonDocument::fromJson(run.output.toUtf8()).object();
        QCOMPARE(object[QStringLiteral("user")].toObject()[QStringLiteral("id")].toInt(), 7);
        QCOMPARE(object[QStringLiteral("msg")].toString(), QStringLiteral("slow query"));
        const Run again = query({QStringLiteral("-"), QStringLiteral("\"slow query\""), QStringLiteral("--json")}, run.output.toUtf8());
        QCOMPARE(again.output, run.output);
    }

    void countsTextLogsOfAnyFormat()
    {
        QCOMPARE(query({m_python, QString(), QStringLiteral("--count")}).output, QStringLiteral("3\n"));
        QCOMPARE(query({m_python, QStringLiteral("zerodivision"), QStringLiteral("--count")}).output, QStringLiteral("1\n"));
        QCOMPARE(query({m_python, QStringLiteral("time >= \"2024-01-31 10:00:01\" and logger == app.db"), QStringLiteral("--count")}).output,
                 QStringLiteral("1\n"));
        QCOMPARE(query({m_python, QStringLiteral("nothing"), QStringLiteral("--count")}).status, 0);
    }

    void showsLinesAsTheConsoleDoes()
    {
        const Run run = query({m_python, QStringLiteral("level == WARNING")});
        QCOMPARE(run.output, QStringLiteral("2024-01-31 10:00:02,250 WARNING  app.db  slow\n"));
    }

    void readsStandardInput()
    {
        const Run run = query({QStringLiteral("-"), QStringLiteral("beta"), QStringLiteral("--text"), QStringLiteral("%(message)s")}, "alpha\nbeta\ngamma beta");
        QCOMPARE(run.output, QStringLiteral("beta\ngamma beta\n"));
    }

    void readsSavedCaptures()
    {
        using namespace sluice;
        Capture capture({.blockBytes = 8 * 1024});
        for (int i = 0; i < 100; ++i) {
            LogRecordBatch batch;
            for (int j = 0; j < 50; ++j)
                test::addRecord(batch, j % 2 ? "app.db" : "app.http", j == 7 ? level::Error : level::Info,
                                "record " + std::to_string(i * 50 + j));
            capture.append(test::pointers(batch));
        }
        const QString path = m_folder.filePath(QStringLiteral("saved.capture"));
        const Status saved = saveRecords(capture, capture.snapshot(), path.toStdString());
        QVERIFY2(saved.ok(), saved.ok() ? "" : saved.error().text.c_str());
        QCOMPARE(query({path, QStringLiteral("level == ERROR /record 49.7/"), QStringLiteral("--text"), QStringLiteral("%(name)s %(message)s")}).output,
                 QStringLiteral("app.db record 4907\napp.db record 4957\n"));
        QCOMPARE(query({path, QString(), QStringLiteral("--count")}).output, QStringLiteral("5000\n"));
        QCOMPARE(query({path, QStringLiteral("logger in app.db"), QStringLiteral("--count")}).output, QStringLiteral("2500\n"));

        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(file.size() / 2));
        QVERIFY(file.write("damage that nobody expects") > 0);
        file.close();
        const Run damaged = query({path, QString(), QStringLiteral("--count")});
        QCOMPARE(damaged.status, 3);
        QVERIFY2(damaged.errors.contains(QStringLiteral("are lost")), qPrintable(damaged.errors));
        QVERIFY(damaged.output.toInt() > 4000 && damaged.output.toInt() < 5000);
    }

    void marksWhatIsWrongInAnExpression()
    {
        const Run run = query({m_json, QStringLiteral("übel level >= WARNIG x")});
        QCOMPARE(run.status, 2);
        QCOMPARE(run.output, QString());
        QCOMPARE(run.errors, QStringLiteral("sluicectl query: `level` is compared with a level's name or a number; is WARNING meant?\n"
                                            "  übel level >= WARNIG x\n"
                                            "                ^~~~~~\n"));
    }

    void saysWhatItCannotDo()
    {
        const Run missing = query({m_folder.filePath(QStringLiteral("missing.log")), QStringLiteral("x")});
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.errors.contains(QStringLiteral("missing.log")));
        QCOMPARE(query({m_json}).status, 2);
        QCOMPARE(query({m_json, QStringLiteral("x"), QStringLiteral("--json"), QStringLiteral("--count")}).status, 2);
        QCOMPARE(query({m_json, QStringLiteral("x"), QStringLiteral("--text"), QStringLiteral("%(message")}).status, 2);
        QCOMPARE(query({m_json, QStringLiteral("x"), QStringLiteral("--loud")}).status, 2);
        const Run help = query({QStringLiteral("--help")});
        QCOMPARE(help.status, 0);
        QVERIFY(help.output.contains(QStringLiteral("logger in app.db")));
    }

    void aPackedLogIsReadAsItsText()
    {
        const QString log = file(QStringLiteral("packed.log"), "2026-10-11 22:14:15,123 - app.db - WARNING - slow\n"
                                                               "2026-10-11 22:14:16,123 - app.db - ERROR - failed\n");
        QVERIFY(sluice::compressFile(log.toStdString(), sluice::Compression::Zstd));
        const QStringList words{log + QStringLiteral(".zst"), QStringLiteral("level >= ERROR"), QStringLiteral("--count")};
        Run run = query(words);
        QCOMPARE(run.status, 0);
        QCOMPARE(run.output, QStringLiteral("1\n"));
        QFile packed(words.front());
        QVERIFY(packed.resize(packed.size() - 2));
        run = query(words);
        QCOMPARE(run.status, 1);
        QVERIFY2(run.errors.contains(QStringLiteral("cut off")), qPrintable(run.errors));
    }
};

QTEST_GUILESS_MAIN(QueryCommandTest)
#include "QueryCommandTest.moc"
