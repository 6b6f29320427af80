#include "ShowStrings.h"
#include "support/Patience.h"
#include "support/Python.h"

#include "wire/Inflater.h"

using namespace sluice;

namespace {

/// What Python's expression makes of `text`.
std::string compressed(const QString &expression, const QString &text)
{
    const PythonResult python = runPythonWith(
        {QStringLiteral("-c"),
         QStringLiteral("import gzip,zlib,sys\ntext=eval(sys.argv[1])\nprint((%1).hex())").arg(expression), text});
    return QByteArray::fromHex(python.output.trimmed()).toStdString();
}

} // namespace

class InflaterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expandsWhatPythonCompresses()
    {
        std::string expected;
        for (int i = 0; i < 50000; ++i)
            expected += std::to_string(i);
        const QString text = QStringLiteral("''.join(map(str, range(50000))).encode()");
        for (const char *expression : {"gzip.compress(text)", "zlib.compress(text)", "gzip.compress(text, 0)",
                                       "gzip.compress(text[:1000]) + gzip.compress(text[1000:])"}) {
            std::string out = "before ";
            const Status status = inflate(compressed(QString::fromLatin1(expression), text), 1'000'000, out);
            QVERIFY2(status.ok(), expression);
            QCOMPARE(out.size(), expected.size() + 7);
            QVERIFY(out == "before " + expected);
        }
    }

    void refusesWhatGrowsTooLong()
    {
        const std::string bomb = compressed(QStringLiteral("gzip.compress(text)"), QStringLiteral("bytes(100_000_000)"));
        QVERIFY(bomb.size() < 200'000);
        std::string out;
        const Status status = inflate(bomb, 1'000'000, out);
        QCOMPARE(status.error().text, std::string("The expanded data is longer than the limit of 1000000 bytes."));
        QVERIFY(out.capacity() < 3'000'000);
        const std::string exact = compressed(QStringLiteral("gzip.compress(text)"), QStringLiteral("bytes(1000)"));
        out.clear();
        QVERIFY(inflate(exact, 1000, out).ok());
        out.clear();
        QVERIFY(!inflate(exact, 999, out).ok());
    }

    void refusesDamage()
    {
        const std::string good = compressed(QStringLiteral("gzip.compress(text)"), QStringLiteral("b'some text ' * 50"));
        for (std::size_t i = 0; i < good.size(); ++i) {
            std::string out;
            QVERIFY(!inflate(std::string_view(good).substr(0, i), 10000, out).ok());
        }
        std::string out;
        QVERIFY(!inflate(good + "x", 10000, out).ok());
        std::string spoilt = good;
        spoilt[spoilt.size() - 6] ^= 1; // the checksum
        out.clear();
        QVERIFY(!inflate(spoilt, 10000, out).ok());
        out.clear();
        QVERIFY(!inflate("no gzip at all", 10000, out).ok());
    }
};

QTEST_GUILESS_MAIN(InflaterTest)
#include "InflaterTest.moc"
