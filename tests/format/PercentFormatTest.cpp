#include "format/PercentFormat.h"
#include "format/PythonCases.h"

using namespace sluice;

class PercentFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsPythonDoes()
    {
        const auto cases = test::pythonCases(QStringLiteral("format/percent_cases.py"));
        QVERIFY(cases.size() > 4000);
        for (const QJsonArray &one : cases) {
            Arena arena;
            const std::string format = test::bytesOf(one[0]);
            const Value arguments = test::valueOf(one[1], arena);
            const test::Answer expected = test::answerOf(one[2]);
            std::string out;
            const Status status = python::percentFormat(format, arguments, out);
            const std::string got = status ? out : status.error().text;
            if (got != expected.text || status.ok() != expected.ok)
                qWarning("format %s, arguments %s", format.c_str(),
                         QJsonDocument(one[1].toArray()).toJson().constData());
            QCOMPARE(got, expected.text);
            QCOMPARE(status.ok(), expected.ok);
        }
    }

    void refusesWidthsThatAreAnAttack()
    {
        const Value seven = Value::integer(7);
        std::string out;
        QVERIFY(!python::percentFormat("%999999999d", seven, out).ok());
        QVERIFY(!python::percentFormat("%.999999999f", seven, out).ok());
        QVERIFY(out.empty());
    }
};

QTEST_GUILESS_MAIN(PercentFormatTest)
#include "PercentFormatTest.moc"
