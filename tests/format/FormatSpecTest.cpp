#include "format/FormatSpec.h"

#include "ShowStrings.h"
#include "format/PythonCases.h"

using namespace sluice;

class FormatSpecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsPythonDoes()
    {
        const auto cases = test::pythonCases(QStringLiteral("format/spec_cases.py"));
        QVERIFY(cases.size() == 12000);
        for (const QJsonArray &one : cases) {
            Arena arena;
            const Value value = test::valueOf(one[0], arena);
            const std::string spec = test::bytesOf(one[1]);
            const test::Answer expected = test::answerOf(one[2]);
            std::string out;
            const Status status = python::appendFormatted(out, value, spec);
            const std::string got = status ? out : status.error().text;
            if (got != expected.text)
                qWarning("spec %s, value %s", spec.c_str(),
                         QJsonDocument(one[0].toArray()).toJson(QJsonDocument::Compact).constData());
            QCOMPARE(got, expected.text);
            QCOMPARE(status.ok(), expected.ok);
        }
    }

    void refusesWidthsThatAreAnAttack()
    {
        for (const Value value : {Value::integer(7), Value::real(7), Value::text("x")}) {
            std::string out;
            QVERIFY(!python::appendFormatted(out, value, "999999999").ok());
            QVERIFY(out.empty());
        }
        std::string out;
        QVERIFY(!python::appendFormatted(out, Value::real(7), ".999999999f").ok());
    }
};

QTEST_GUILESS_MAIN(FormatSpecTest)
#include "FormatSpecTest.moc"
