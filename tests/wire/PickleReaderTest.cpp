#include "support/Patience.h"
#include "support/Python.h"
#include "wire/Canonical.h"

#include "wire/PickleReader.h"
#include "wire/ShortRepr.h"

#include <cstdlib>

using namespace sluice;

namespace {

/// The canonical form of a pickle's value, or "error: …".
std::string read(std::string_view pickle, PickleLimits limits = {})
{
    PickleReader reader(limits);
    Arena arena;
    const Result<Value> value = reader.read(pickle, arena);
    return value ? canonical(*value) : "error: " + value.error().text;
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

std::string nested(std::size_t depth, std::string_view open, std::string_view close)
{
    std::string pickle;
    for (std::size_t i = 0; i < depth; ++i)
        pickle += open;
    pickle += ']';
    for (std::size_t i = 0; i < depth; ++i)
        pickle += close;
    return pickle + '.';
}

} // namespace

class PickleReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPythonWritesInAllProtocols()
    {
        const PythonResult python =
            runPython("tests/wire/pickle_cases.py", {QStringLiteral("1"), QStringLiteral("3000")});
        QVERIFY2(python.ok, python.errors.constData());
        const QList<QByteArray> lines = python.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 3000);
        PickleReader reader;
        Arena arena;
        for (const QByteArray &line : lines) {
            const QList<QByteArray> parts = line.split(' ');
            QCOMPARE(parts.size(), 3);
            const QByteArray pickle = QByteArray::fromHex(parts[1]);
            arena.reset();
            const Result<Value> value = reader.read(view(pickle), arena);
            QVERIFY2(value.ok(),
                     (value.ok() ? QByteArray() : QByteArray::fromStdString(value.error().text)) + line);
            if (canonical(*value) != view(parts[2]))
                QFAIL("protocol " + parts[0] + " pickle " + parts[1] + "\nexpected " + parts[2] +
                      "\nread     " + QByteArray::fromStdString(canonical(*value)));
        }
    }

    void refusesPicklesCutOffAnywhere()
    {
        const PythonResult python =
            runPython("tests/wire/pickle_cases.py", {QStringLiteral("2"), QStringLiteral("200")});
        QVERIFY2(python.ok, python.errors.constData());
        PickleReader reader;
        Arena arena;
        for (const QByteArray &line : python.output.trimmed().split('\n')) {
            const QByteArray pickle = QByteArray::fromHex(line.split(' ')[1]);
            if (pickle.size() > 4000)
                continue;
            for (qsizetype size = 0; size < pickle.size(); ++size) {
                // A copy of its own, so that a sanitizer sees every byte read too many.
                const std::vector<char> cut(pickle.begin(), pickle.begin() + size);
                arena.reset();
                QVERIFY(!reader.read({cut.data(), cut.size()}, arena).ok());
            }
        }
    }

    void neverRunsWhatAPickleAsksFor_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char *name, const char *pickle, const char *shown) {
            QTest::newRow(name) << QByteArray(pickle) << QByteArray(shown);
        };
        row("reduce", "cos\nsystem\n(S'touch pwned'\ntR.", "x<os.system('touch pwned')>");
        row("inst", "(S'touch pwned'\nios\nsystem\n.", "x<os.system('touch pwned')>");
        row("obj", "(cos\nsystem\nS'touch pwned'\no.", "x<os.system('touch pwned')>");
        row("newobj", "cos\nsystem\n(S'touch pwned'\nt\x81.", "x<os.system('touch pwned')>");
        row("global", "cos\nsystem\n.", "x<global os.system>");
        row("stack global", "\x8c\x02os\x8c\x06system\x93.", "x<global os.system>");
        row("persistent id", "Pabc\n.", "x<persistent id abc>");
        row("extension", "\x82\x07)R.", "x<extension.7()>");
        row("build",
            "capp\nFoo\n)\x81}(U\x01xK\x01"
            "ub.",
            "x<app.Foo {'x': 1}>");
        row("codecs by another name", "c_codecs\ndecode\n(X\x01\0\0\0a", "");
        row("eval", "cbuiltins\neval\n(S'1+1'\ntR.", "x<eval('1+1')>");
    }

    void neverRunsWhatAPickleAsksFor()
    {
        QFETCH(QByteArray, pickle);
        QFETCH(QByteArray, shown);
        const std::string result = read(view(pickle));
        if (shown.isEmpty())
            QVERIFY2(result.starts_with("error: "), result.c_str());
        else
            QCOMPARE(QByteArray::fromStdString(result), shown);
        QVERIFY(!QFile::exists(QStringLiteral("pwned")));
    }

    void saysWhatObjectsWere()
    {
        const PythonResult python = runPython("tests/wire/object_cases.py");
        QVERIFY2(python.ok, python.errors.constData());
        const QList<QByteArray> lines = python.output.trimmed().split('\n');
        QVERIFY(lines.size() > 60);
        for (const QByteArray &line : lines) {
            const QList<QByteArray> parts = line.split('\t');
            QCOMPARE(parts.size(), 3);
            const QByteArray pickle = QByteArray::fromHex(parts[1]);
            PickleReader reader;
            Arena arena;
            const Result<Value> value = reader.read(view(pickle), arena);
            QVERIFY2(value.ok(), line.constData());
            ShortRepr shown(10000);
            shown.append(*value);
            QCOMPARE("protocol " + parts[0] + ": " + QByteArray::fromStdString(shown.text()),
                     "protocol " + parts[0] + ": " + parts[2]);
        }
    }

    void containersThatContainThemselvesEnd()
    {
        QCOMPARE(read({"]q\0h\0a.", 7}), std::string("[x<recursive list>,]"));
        QCOMPARE(read({"}q\0X\1\0\0\0ah\0s.", 13}), std::string("d{s61:x<recursive dict>,}"));
        QCOMPARE(read({"]q\0(h\0tq\1ah\1.", 13}), std::string("([x<recursive tuple>,],)"));
    }

    void refusesDeepNesting()
    {
        QVERIFY(read(nested(150, "]", "a")).starts_with("["));
        QCOMPARE(read(nested(250, "]", "a")), std::string("error: The pickle is nested too deeply."));
        QCOMPARE(read(nested(300000, "]", "a")), std::string("error: The pickle is nested too deeply."));
        QCOMPARE(read(nested(300, "(", "t")), std::string("error: The pickle is nested too deeply."));
    }

    void refusesWhatExpandsWithoutEnd()
    {
        // Each list holds the one before it ten times: 10^40 values in 1 KB.
        std::string pickle("]q\0", 3);
        for (char level = 1; level <= 40; ++level) {
            pickle += "](";
            for (int i = 0; i < 10; ++i)
                pickle += {'h', static_cast<char>(level - 1)};
            pickle += {'e', 'q', level};
        }
        pickle += '.';
        QCOMPARE(read(pickle), std::string("error: The pickle stands for too much data."));

        // The same with dictionaries of instances.
        std::string objects("capp\nFoo\nq\0", 11);
        for (char level = 1; level <= 40; ++level) {
            objects += "capp\nFoo\n(";
            for (int i = 0; i < 10; ++i)
                objects += {'h', static_cast<char>(level - 1)};
            objects += {'t', 'R', 'q', level};
        }
        objects += '.';
        QCOMPARE(read(objects), std::string("error: The pickle stands for too much data."));

        // One long text that is referred to again and again.
        std::string texts("]q\0(X\0\0\x10\0", 9);
        texts += std::string(0x100000, 'a') + std::string("q\1", 2);
        for (int i = 0; i < 1000; ++i)
            texts += std::string("h\1", 2);
        texts += "e.";
        QCOMPARE(read(texts), std::string("error: The pickle stands for too much data."));
    }

    void refusesTooManyValues()
    {
        PickleLimits limits;
        limits.maxValues = 1000;
        QVERIFY(read(std::string(2000, ']') + '.', limits).find("too many values") != std::string::npos);
        QVERIFY(read(std::string(2000, '(') + "l.", limits).find("too many values") != std::string::npos);
        QVERIFY(read("N" + std::string(2000, '2') + '.', limits).find("too many values") !=
                std::string::npos);
        QVERIFY(read(std::string("Nr\xFF\xFF\xFF\x7F.", 7)).find("memo index") != std::string::npos);
    }

    void refusesWhatIsNoPickle_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        const auto row = [](const char *name, const QByteArray &pickle) { QTest::newRow(name) << pickle; };
        row("empty", "");
        row("stop alone", ".");
        row("unknown opcode", QByteArray("\xFF.", 2));
        row("text that is not UTF-8", QByteArray("X\1\0\0\0\xFF.", 7));
        row("overlong text", QByteArray("X\2\0\0\0\xC0\x80.", 8));
        row("pop of nothing", "0.");
        row("append to a text", QByteArray("X\1\0\0\0aNa.", 9));
        row("append through a mark", "](Na.");
        row("key without value", "}(Nu.");
        row("set item of a list", "]NNs.");
        row("tuple without mark", "t.");
        row("memo entry not there", QByteArray("h\5.", 3));
        row("protocol 6", QByteArray("\x80\6N.", 4));
        row("frame longer than the pickle", QByteArray("\x95\xFF\0\0\0\0\0\0\0N.", 11));
        row("size of 2^64-1", QByteArray("\x8D\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFN.", 11));
        row("integer that is none", "I1x\n.");
        row("float that is none", "Fone\n.");
        row("string without quotes", "Sabc\n.");
        row("buffer from outside", QByteArray("\x97.", 2));
        row("state for a list", "]Nb.");
    }

    void refusesWhatIsNoPickle()
    {
        QFETCH(QByteArray, pickle);
        const std::string result = read(view(pickle));
        QVERIFY2(result.starts_with("error: ") && result.ends_with("."), result.c_str());
    }

    void readsOldAndOddForms()
    {
        QCOMPARE(read("I01\n."), std::string("T"));
        QCOMPARE(read("I-7\n."), std::string("i-7"));
        QCOMPARE(read("L-12L\n."), std::string("i-12"));
        QCOMPARE(read("F1e400\n."), std::string("f7ff0000000000000"));
        QCOMPARE(read("F-1e-400\n."), std::string("f8000000000000000"));
        QCOMPARE(read("S'a\\x41\\n\\'\\101\\q'\n."), std::string("s61410a27415c71"));
        QCOMPARE(read({"U\2\xC3\xA9.", 5}), std::string("sc3a9")); // Python 2's str: UTF-8 if it can be,
        QCOMPARE(read({"U\1\xE9.", 4}), std::string("sc3a9"));     // else Latin-1
        QCOMPARE(read("(lp0\nI1\naI2\na."), std::string("[i1,i2,]"));
        QCOMPARE(read("(dp0\nS'a'\nI1\ns."), std::string("d{s61:i1,}"));
        QCOMPARE(read("(I1\nI2\nd."), std::string("d{i1:i2,}"));
        QCOMPARE(read("}(I1\nNI01\nI2\nI3\nNu."), std::string("d{i1:i2,i3:N,}")); // 1 == True
        QCOMPARE(read("N(NN1."), std::string("N"));
        QCOMPARE(read("NN0."), std::string("N"));
        QCOMPARE(read({"\x8A\0.", 3}), std::string("i0"));
        QCOMPARE(read({"\x8A\x0A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF.", 13}), std::string("i-1"));
        const std::string huge(5000, '9');
        QCOMPARE(read("L" + huge + "L\n."), std::string("x<int of 5000 digits>"));
        QCOMPARE(read("L" + std::string(5000, '0') + "7L\n."), std::string("i7"));
        QVERIFY(read(std::string("\x8B\x00\x10\x00\x00", 5) + std::string(4096, '\x11') + ".") ==
                "x<int of 4096 bytes>");
    }

    void describesLongObjectsBriefly()
    {
        PickleLimits limits;
        limits.maxInertBytes = 40;
        const std::string shown =
            read("capp\nFoo\n(X" + std::string("\x00\x10\0\0", 4) + std::string(4096, 'a') + "tR.", limits);
        QVERIFY2(shown.starts_with("x<app.Foo('aaa") && shown.size() < 60 && shown.ends_with("\u2026>"),
                 shown.c_str());
    }
};

QTEST_GUILESS_MAIN(PickleReaderTest)
#include "PickleReaderTest.moc"
