#include "ShowStrings.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "wire/Canonical.h"

#include "wire/CborReader.h"
#include "wire/MessagePackReader.h"

using namespace sluice;

namespace {

struct AnyReader
{
    MessagePackReader messagePack;
    CborReader cbor;
    Result<Value> read(const QString &format, std::string_view message, Arena &arena)
    {
        return format == QLatin1String("cbor") ? cbor.read(message, arena) : messagePack.read(message, arena);
    }
};

std::string fromHex(const char *hex) { return QByteArray::fromHex(hex).toStdString(); }

} // namespace

class BinaryReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPythonsLibraryReads_data()
    {
        QTest::addColumn<QString>("format");
        QTest::newRow("msgpack") << QStringLiteral("msgpack");
        QTest::newRow("cbor") << QStringLiteral("cbor");
    }

    void readsWhatPythonsLibraryReads()
    {
        QFETCH(QString, format);
        const PythonResult python = runPython("tests/wire/binary_cases.py", {format, QStringLiteral("7"), QStringLiteral("3000")});
        QVERIFY2(python.ok, python.errors.constData());
        AnyReader reader;
        int good = 0;
        int bad = 0;
        for (const QByteArray &line : python.output.trimmed().split('\n')) {
            const QList<QByteArray> parts = line.split(' ');
            const std::string message = parts[0] == "-" ? std::string() : QByteArray::fromHex(parts[0]).toStdString();
            Arena arena;
            const Result<Value> value = reader.read(format, message, arena);
            if (parts[1] == "error") {
                ++bad;
                // Where Python's libraries refuse, ours may be kinder only to broken text and to odd keys.
                if (value)
                    continue;
                QVERIFY(value.error().text.ends_with('.'));
            } else {
                ++good;
                QVERIFY2(value.ok(), (parts[0].left(200) + " " + (value ? "" : value.error().text.c_str())).constData());
                QCOMPARE(canonical(*value), parts[1].toStdString());
            }
        }
        QVERIFY(good > 1500);
        QVERIFY(bad > 200);
    }

    void refusesWhatIsNotWhole_data() { readsWhatPythonsLibraryReads_data(); }

    void refusesWhatIsNotWhole()
    {
        QFETCH(QString, format);
        // {"a": [1, 2.5, b"xy", null], "b": "text"}
        const std::string message = format == QLatin1String("cbor")
                                        ? fromHex("a261618401fb40040000000000004278 79f661626474657874")
                                        : fromHex("82a1619401cb4004000000000000c4027879c0a162a474657874");
        AnyReader reader;
        Arena arena;
        const auto whole = reader.read(format, message, arena);
        QVERIFY2(whole.ok(), whole ? "" : whole.error().text.c_str());
        for (std::size_t i = 0; i < message.size(); ++i)
            QVERIFY(!reader.read(format, std::string_view(message).substr(0, i), arena).ok());
        QVERIFY(!reader.read(format, message + '\0', arena).ok());
    }

    void boundsDepthAndNumber()
    {
        Arena arena;
        MessagePackReader pack;
        CborReader cbor;
        const auto nested = [](char open, int depth) { return std::string(static_cast<std::size_t>(depth), open) + '\0'; };
        QVERIFY(pack.read(nested('\x91', 200), arena).ok());
        QVERIFY(!pack.read(nested('\x91', 201), arena).ok());
        QVERIFY(cbor.read(nested('\x81', 200), arena).ok());
        QVERIFY(!cbor.read(nested('\x81', 201), arena).ok());
        QVERIFY(!cbor.read(nested('\xC6', 1'000'000), arena).ok()); // tags
        QVERIFY(!cbor.read(nested('\x9F', 1'000'000), arena).ok()); // of indefinite length

        BinaryLimits limits;
        limits.maxValues = 10;
        MessagePackReader little(limits);
        QVERIFY(little.read("\x9A" + std::string(10, '\0'), arena).ok());
        QCOMPARE(little.read("\x9B" + std::string(11, '\0'), arena).error().text, std::string("Too many values at byte 11."));
        CborReader littleCbor(limits);
        QVERIFY(!littleCbor.read("\x9F" + std::string(11, '\0') + "\xFF", arena).ok());
    }

    void aCountThatCannotBeCostsNothing()
    {
        Arena arena;
        MessagePackReader pack;
        CborReader cbor;
        QVERIFY(!pack.read(fromHex("ddffffffff00"), arena).ok());
        QVERIFY(!pack.read(fromHex("dfffffffff0000"), arena).ok());
        QVERIFY(!cbor.read(fromHex("9bffffffffffffffff00"), arena).ok());
        QVERIFY(!cbor.read(fromHex("bbffffffffffffffff0000"), arena).ok());
        QVERIFY(!cbor.read(fromHex("7bffffffffffffffff00"), arena).ok());
        QVERIFY(arena.capacity() <= 64 * 1024);
    }

    void mendsTextThatIsNoUtf8()
    {
        Arena arena;
        MessagePackReader pack;
        QCOMPARE(pack.read(fromHex("a261ff"), arena)->chars(), std::string_view("a\uFFFD"));
        CborReader cbor;
        QCOMPARE(cbor.read(fromHex("6261ff"), arena)->chars(), std::string_view("a\uFFFD"));
    }

    void describesWhatHasNoValue()
    {
        Arena arena;
        MessagePackReader pack;
        QCOMPARE(canonical(*pack.read(fromHex("d6ff65920080"), arena)), canonical(Value::real(1704067200)));
        QCOMPARE(pack.read(fromHex("d7ff773594006592 0080"), arena)->asReal(), 1704067200.5);
        QCOMPARE(pack.read(fromHex("c70cff1dcd6500ffffffffffffffff"), arena)->asReal(), -0.5);
        QCOMPARE(canonical(*pack.read(fromHex("c70305aabbcc"), arena)), std::string("x<msgpack type 5: aabbcc>"));
        CborReader cbor;
        QCOMPARE(canonical(*cbor.read(fromHex("c11a65920080"), arena)), std::string("i1704067200"));
        QCOMPARE(canonical(*cbor.read(fromHex("f8ff"), arena)), std::string("x<cbor simple value 255>"));
        QCOMPARE(canonical(*cbor.read(fromHex("f7"), arena)), std::string("N"));
        QCOMPARE(canonical(*cbor.read(fromHex("d9010283010203"), arena)), std::string("{i1,i2,i3,}"));
        const std::string huge = fromHex("c259ffff") + std::string(65535, '\x7F');
        QVERIFY(canonical(*cbor.read(huge, arena)).starts_with("x<int of 65535 bytes: 7f7f"));
    }
};

QTEST_GUILESS_MAIN(BinaryReaderTest)
#include "BinaryReaderTest.moc"
