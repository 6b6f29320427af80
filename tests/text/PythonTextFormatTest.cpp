#include "ShowStrings.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "text/TextFixture.h"

#include "text/PythonTextFormat.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace sluice;

namespace {

TextFormatPtr formatOf(const char *text, const char *datefmt = nullptr)
{
    PythonTextFormat::Options options;
    options.format = text;
    if (datefmt)
        options.datefmt = datefmt;
    auto made = PythonTextFormat::create(options);
    return made ? *made : nullptr;
}

std::string errorOf(const char *text, const char *datefmt = nullptr)
{
    PythonTextFormat::Options options;
    options.format = text;
    if (datefmt)
        options.datefmt = datefmt;
    const auto made = PythonTextFormat::create(options);
    return made ? "" : made.error().text;
}

} // namespace

class PythonTextFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBackWhatPythonWrote_data()
    {
        QTest::addColumn<QJsonObject>("written");
        const PythonResult python = runPython("tests/text/python_lines.py");
        QVERIFY2(python.ok, python.errors.constData());
        for (const QByteArray &line : python.output.split('\n')) {
            const QJsonObject written = QJsonDocument::fromJson(line).object();
            if (!written.isEmpty())
                QTest::newRow(written[QStringLiteral("format")].toString().toUtf8().constData()) << written;
        }
    }

    void readsBackWhatPythonWrote()
    {
        QFETCH(QJsonObject, written);
        PythonTextFormat::Options options;
        options.format = written[QStringLiteral("format")].toString().toStdString();
        if (!written[QStringLiteral("datefmt")].isNull())
            options.datefmt = written[QStringLiteral("datefmt")].toString().toStdString();
        const auto format = PythonTextFormat::create(options);
        QVERIFY2(format.ok(), format.ok() ? "" : format.error().text.c_str());
        const bool saysTime = options.format.find("asctime") != std::string::npos ||
                              options.format.find("created") != std::string::npos;
        const bool saysMilliseconds = options.format.find("msecs") != std::string::npos || !options.datefmt;

        const ReadText read(**format, written[QStringLiteral("text")].toString().toStdString(), TextContext());
        const QJsonArray records = written[QStringLiteral("records")].toArray();
        // With the message in front, the first lines of a message of two belong to the record above.
        if (options.format.starts_with("%(message)s")) {
            QCOMPARE(read.size(), std::size_t(records.size()));
            QCOMPARE(std::string(read.record(1).name()), std::string("app.db.pool"));
            return;
        }
        QCOMPARE(read.size(), std::size_t(records.size()));
        QCOMPARE(read.strange(), 0u);
        for (qsizetype i = 0; i < records.size(); ++i) {
            const QJsonObject wanted = records[i].toObject();
            const LogRecord &record = read.record(std::size_t(i));
            const auto text = [&](const char *key) { return wanted[QLatin1String(key)].toString().toStdString(); };
            if (options.format.find("name}") != std::string::npos || options.format.find("(name)") != std::string::npos)
                QCOMPARE(std::string(record.name()), text("name"));
            QCOMPARE(record.levelno, wanted[QStringLiteral("levelno")].toInt());
            QCOMPARE(std::string(record.levelname()), text("levelname"));
            QCOMPARE(std::string(record.text(Attribute::Msg)), text("msg"));
            QCOMPARE(std::string(record.text(Attribute::ExcText)), text("exc_text"));
            if (saysTime) {
                const double created = wanted[QStringLiteral("created")].toDouble();
                const double tolerance = saysMilliseconds ? 0.0011 : 1.0;
                QVERIFY2(std::abs(toSeconds(record.created) - created) < tolerance, read.json(std::size_t(i)).c_str());
            }
        }
    }

    void setsEveryAttributeThatAFormatNames()
    {
        const auto format = formatOf("%(levelno)s %(pathname)s %(filename)s %(module)s %(lineno)d %(funcName)s %(thread)d "
                                     "%(threadName)s %(processName)s %(process)d %(taskName)s %(request_id)s %(message)s");
        QVERIFY(format);
        const ReadText read(*format, "30 /srv/a.py a.py a 7 run 140 MainThread MainProcess 99 Task-1 r7 hello there\n");
        QCOMPARE(read.strange(), 0u);
        const LogRecord &record = read.record(0);
        QCOMPARE(record.levelno, 30);
        QCOMPARE(std::string(record.levelname()), std::string("WARNING"));
        QCOMPARE(record[Attribute::Lineno].asInt(), 7);
        QCOMPARE(record[Attribute::Thread].asInt(), 140);
        QCOMPARE(record[Attribute::Process].asInt(), 99);
        QCOMPARE(std::string(record.text(Attribute::TaskName)), std::string("Task-1"));
        QCOMPARE(std::string(record.text(Attribute::Pathname)), std::string("/srv/a.py"));
        QCOMPARE(read.extra(0, "request_id"), std::string("r7"));
        QCOMPARE(read.msg(0), std::string("hello there"));
    }

    void keepsLevelsOfTheProgramsOwn()
    {
        const auto format = formatOf("%(levelname)s %(message)s");
        const ReadText read(*format, "NOTICE one\nSUCCESS two\nTRACE three\nAUDIT four\nValueError is none\nLevel 35 five\n");
        QCOMPARE(read.size(), 4u);
        QCOMPARE(std::string(read.record(3).levelname()), std::string("AUDIT"));
        QCOMPARE(read.msg(3), std::string("four\nValueError is none\nLevel 35 five"));
        QCOMPARE(read.record(0).levelno, 25);
        QCOMPARE(std::string(read.record(1).levelname()), std::string("SUCCESS"));
        QCOMPARE(read.record(2).levelno, 5);
    }

    void makesARecordOfWhatIsNotOfTheFormat()
    {
        const auto format = formatOf("%(asctime)s %(levelname)s %(message)s");
        const ReadText read(*format, "in front\n2026-10-11 22:14:15,123 INFO one\n  more\n2026-10-11 22:14:16,5 no level\n");
        QCOMPARE(read.size(), 3u);
        QCOMPARE(read.strange(), 1u);
        QCOMPARE(read.msg(0), std::string("in front"));
        QCOMPARE(read.msg(1), std::string("one\n  more"));
        QCOMPARE(read.record(1).created, 1791756855'123000000LL);
    }

    void keepsStackInformationApart()
    {
        const auto format = formatOf("%(levelname)s:%(name)s:%(message)s");
        const ReadText read(*format, "ERROR:root:bad\r\nTraceback (most recent call last):\r\n  File \"a\"\r\nIndexError: no\r\n"
                                     "Stack (most recent call last):\r\n  File \"b\"\r\nINFO:root:next\r\n");
        QCOMPARE(read.size(), 2u);
        QCOMPARE(read.msg(0), std::string("bad"));
        QCOMPARE(std::string(read.record(0).text(Attribute::ExcText)),
                 std::string("Traceback (most recent call last):\n  File \"a\"\nIndexError: no"));
        QCOMPARE(std::string(read.record(0).text(Attribute::StackInfo)),
                 std::string("Stack (most recent call last):\n  File \"b\""));
    }

    void saysWhyAFormatCannotBeRead()
    {
        QCOMPARE(errorOf("no field"), std::string("The format names no field."));
        QCOMPARE(errorOf("%(name)s%(message)s"),
                 std::string("Nothing stands between the fields name and message, so nothing says where one ends."));
        QVERIFY(errorOf("%(name").starts_with("The format cannot be read: "));
        QCOMPARE(errorOf("%(asctime)s %(message)s", "%H:%Q"), std::string("%Q cannot be read in a time format."));
        QCOMPARE(errorOf("%(asctime)s\n%(message)s"), std::string("A format of more than one line cannot be read back."));
        QCOMPARE(errorOf("{0} {message}").empty(), false);
        QCOMPARE(errorOf("$ ${message}"), std::string("The format has a $ that begins no field."));
    }
};

QTEST_GUILESS_MAIN(PythonTextFormatTest)
#include "PythonTextFormatTest.moc"
