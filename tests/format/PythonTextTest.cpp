#include "format/PythonText.h"
#include "format/PythonCases.h"

using namespace sluice;

class PythonTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesValuesAsPythonDoes()
    {
        const auto cases = test::pythonCases(QStringLiteral("format/text_cases.py"));
        QVERIFY(cases.size() > 2500);
        for (const QJsonArray &one : cases) {
            Arena arena;
            const Value value = test::valueOf(one[0], arena);
            std::string str;
            std::string repr;
            std::string ascii;
            python::appendStr(str, value);
            python::appendRepr(repr, value);
            python::appendAscii(ascii, value);
            QCOMPARE(str, test::answerOf(one[1]).text);
            QCOMPARE(repr, test::answerOf(one[2]).text);
            QCOMPARE(ascii, test::answerOf(one[3]).text);
        }
    }

    void inertShowsItsText()
    {
        std::string out;
        python::appendRepr(out, Value::inert("<datetime.datetime(2024, 1, 1)>"));
        QCOMPARE(out, std::string("<datetime.datetime(2024, 1, 1)>"));
    }

    void nestingEndsSomewhere()
    {
        Arena arena;
        Value value = Value::none();
        for (int i = 0; i < 5000; ++i) {
            const auto items = arena.allocateArray<Value>(1);
            items[0] = value;
            value = Value::sequence(Value::Kind::List, items);
        }
        const std::string text = python::repr(value);
        QVERIFY(text.find("...") != std::string::npos);
        QVERIFY(text.size() < 1000);
    }
};

QTEST_GUILESS_MAIN(PythonTextTest)
#include "PythonTextTest.moc"
