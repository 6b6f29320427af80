#include "ShowStrings.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "wire/Canonical.h"

#include "wire/FormReader.h"

using namespace sluice;

class FormReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPythonReads()
    {
        const PythonResult python =
            runPython("tests/wire/form_cases.py", {QStringLiteral("5"), QStringLiteral("3000")});
        QVERIFY2(python.ok, python.errors.constData());
        const QList<QByteArray> lines = python.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 3000);
        FormReader reader;
        for (const QByteArray &line : lines) {
            const QList<QByteArray> parts = line.split(' ');
            const std::string form = parts[0] == "-" ? std::string() : QByteArray::fromHex(parts[0]).toStdString();
            Arena arena;
            const Result<Value> value = reader.read(form, arena);
            QVERIFY2(value.ok(), line.constData());
            QCOMPARE(canonical(*value), parts[1].toStdString());
        }
    }

    void mendsWhatIsNoUtf8()
    {
        FormReader reader;
        Arena arena;
        const Result<Value> value = reader.read("a%FF=b%C3", arena);
        QVERIFY(value.ok());
        QCOMPARE(value->entries()[0].key.chars(), std::string_view("a\uFFFD"));
        QCOMPARE(value->entries()[0].value.chars(), std::string_view("b\uFFFD"));
    }

    void refusesTooManyFields()
    {
        FormReader reader;
        Arena arena;
        std::string form;
        for (std::size_t i = 0; i < FormReader::maxFields; ++i)
            form += "x" + std::to_string(i) + "=&";
        QVERIFY(reader.read(form, arena).ok());
        QVERIFY(!reader.read(form + "y", arena).ok());
    }

    void givesAttributesTheirTypesBack()
    {
        FormReader reader;
        FormRecord record;
        Arena arena;
        const Result<Value> form = reader.read(
            "name=app&msg=%25d+of+%25s&args=(1%2C+2)&levelno=20&levelname=INFO&lineno=7&created=1700000000.25&msecs=250&"
            "relativeCreated=12.5&thread=140000000000000&process=None&exc_info=None&exc_text=None&stack_info=&"
            "threadName=None&taskName=Task-1&user=None&n=5",
            arena);
        QVERIFY(form.ok());
        const Value dict = record.read(*form, arena);
        const auto is = [&](std::string_view key) {
            for (const Field &field : dict.entries()) {
                if (field.key.chars() == key)
                    return canonical(field.value);
            }
            return std::string("missing");
        };
        const auto text = [](const char *chars) { return canonical(Value::text(chars)); };
        QCOMPARE(is("name"), text("app"));
        QCOMPARE(is("msg"), text("%d of %s"));
        QCOMPARE(is("args"), std::string("missing"));
        QCOMPARE(is("args_text"), text("(1, 2)"));
        QCOMPARE(is("levelno"), std::string("i20"));
        QCOMPARE(is("lineno"), std::string("i7"));
        QCOMPARE(is("created"), canonical(Value::real(1700000000.25)));
        QCOMPARE(is("msecs"), std::string("i250"));
        QCOMPARE(is("thread"), std::string("i140000000000000"));
        QCOMPARE(is("process"), std::string("N"));
        QCOMPARE(is("exc_info"), std::string("N"));
        QCOMPARE(is("stack_info"), text(""));
        QCOMPARE(is("threadName"), std::string("N"));
        QCOMPARE(is("taskName"), text("Task-1"));
        // What is no attribute stays as it came: nobody knows what it was.
        QCOMPARE(is("user"), text("None"));
        QCOMPARE(is("n"), text("5"));
    }

    void showsTheMessageThatTheSenderHasFormatted()
    {
        FormReader reader;
        FormRecord record;
        Arena arena;
        const Value dict = record.read(*reader.read("msg=%25d&args=(1%2C)&message=1", arena), arena);
        QCOMPARE(dict.entries()[0].value.chars(), std::string_view("1"));
        QCOMPARE(dict.entries()[1].key.chars(), std::string_view("args_text"));
    }
};

QTEST_GUILESS_MAIN(FormReaderTest)
#include "FormReaderTest.moc"
