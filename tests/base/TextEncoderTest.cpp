#include "base/TextEncoder.h"

#include "base/Utf8.h"
#include "format/PythonCases.h"
#include "support/SystemWords.h"

using namespace sluice;

class TextEncoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodesAsPythonDoes()
    {
        const auto cases = test::pythonCases(QStringLiteral("base/encoder_cases.py"));
        QVERIFY(cases.size() > 7000);
        for (const QJsonArray &one : cases) {
            const std::string encoding = one[0].toString().toStdString();
            if (one.size() == 3) {
                encodesExactly(encoding, test::bytesOf(one[1]), test::bytesOf(one[2]));
                continue;
            }
            const std::string errors = one[1].toString().toStdString();
            const std::string text = test::bytesOf(one[2]);
            const std::string expected = test::bytesOf(one[3].toArray()[1]);
            const auto encoder = TextEncoder::create(encoding, errors);
            if (one[3].toArray()[0].toString() == QLatin1String("unknown")) {
                QVERIFY2(!encoder.ok(), encoding.c_str());
                QCOMPARE(encoder.error().text, expected);
                continue;
            }
            QVERIFY2(encoder.ok(), encoding.c_str());
            std::string out = "kept";
            const Status status = encoder.value().encode(text, true, out);
            const std::string got = status ? out.substr(4) : status.error().text;
            if (got != expected)
                qWarning("%s, %s: %s", encoding.c_str(), errors.c_str(),
                         one[2].toString().toLatin1().constData());
            QCOMPARE(got, expected);
            QVERIFY(status.ok() || out == "kept");
            if (status.ok() && encoder.value().isUnchanged(text, true))
                QCOMPARE(got, text);
        }
    }

    void marksTheStartOfAStreamOnly()
    {
        std::string out;
        const auto encoder = *TextEncoder::create("utf-8-sig", "");
        QVERIFY(encoder.encode("a", true, out).ok());
        QVERIFY(encoder.encode("b", false, out).ok());
        QCOMPARE(out, std::string("\xEF\xBB\xBF"
                                  "ab"));
    }

    void refusesWhatItDoesNotKnow()
    {
        QCOMPARE(TextEncoder::create("utf-7", "").error().text,
                 std::string("the encoding utf-7 is not supported"));
        QCOMPARE(TextEncoder::create("utf-8", "nope").error().text,
                 std::string("unknown error handler name 'nope'"));
        QVERIFY(!TextEncoder::create("utf-8", "namereplace").ok());
    }

    void noEncodingIsThatOfTheLocale()
    {
        qputenv("LC_ALL", "C");
        if (isWindows) // the system's code page, as CPython there
            QVERIFY(localeEncoding() == "utf-8" || localeEncoding().starts_with("cp"));
        else
            QCOMPARE(localeEncoding(), std::string("utf-8"));
        QVERIFY(TextEncoder::create("", "").ok());
    }

private:
    /// A codec encodes these characters so, and no others of the first three planes.
    void encodesExactly(const std::string &encoding, const std::string &text, const std::string &bytes)
    {
        const auto encoder = *TextEncoder::create(encoding, "strict");
        std::string out;
        QVERIFY2(encoder.encode(text, false, out).ok(), encoding.c_str());
        QVERIFY2(out == bytes, encoding.c_str());
        // Many times quicker than to be told of each that it cannot be encoded.
        const auto ignoring = *TextEncoder::create(encoding, "ignore");
        std::string encodable;
        std::string character;
        for (char32_t c = 0; c < (encoding == "gb18030" ? 0x110000u : 0x30000u); ++c) {
            if (utf8::isSurrogate(c) || (c > 0x10000 && c % 31))
                continue;
            character.clear();
            utf8::append(character, c);
            out.clear();
            if (ignoring.encode(character, false, out).ok() && !out.empty())
                encodable += character;
        }
        QVERIFY2(encodable == text, encoding.c_str());
    }
};

QTEST_GUILESS_MAIN(TextEncoderTest)
#include "TextEncoderTest.moc"
