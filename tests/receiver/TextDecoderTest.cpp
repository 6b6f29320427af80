#include "receiver/TextDecoder.h"

#include "format/PythonCases.h"

using namespace sluice;

class TextDecoderTest : public QObject
{
    Q_OBJECT

    static std::string decoded(const std::string &encoding, std::string_view bytes)
    {
        auto decoder = TextDecoder::create(encoding);
        if (!decoder)
            return decoder.error().text;
        Arena arena;
        return std::string(decoder->decode(bytes, arena));
    }

private Q_SLOTS:
    void readsEveryEncodingOfATableAsPythonDoes()
    {
        const auto cases = test::pythonCases(QStringLiteral("receiver/decoder_cases.py"));
        QVERIFY(cases.size() > 2900);
        std::string last;
        for (const QJsonArray &one : cases) {
            const std::string encoding = one[0].toString().toStdString();
            const std::string bytes = test::bytesOf(one[1]);
            const std::string text = test::bytesOf(one[2]);
            const std::string got = decoded(encoding, bytes);
            QVERIFY2(got == text, qPrintable(QString::fromStdString(encoding + ": " + got + "\ninstead of: " + text)));
        }
    }

    void knowsNamesHoweverTheyAreSpelt()
    {
        for (const char *name : {"cp1252", "CP1252", "windows-1252", "Windows_1252", "1252"})
            QCOMPARE(decoded(name, "gr\xFC\xDF \x80"), std::string("grüß €"));
        for (const char *name : {"latin-1", "ISO-8859-1", "iso_8859_1", "L1"})
            QCOMPARE(decoded(name, "gr\xFC\xDF"), std::string("grüß"));
        for (const char *name : {"shift_jis", "SJIS", "Shift-JIS"})
            QCOMPARE(decoded(name, "\x93\xFA\x96\x7B"), std::string("日本"));
    }

    void refusesWhatItCannotRead()
    {
        QCOMPARE(decoded("klingon", "a"), std::string("This machine cannot read the encoding \"klingon\"."));
        QCOMPARE(decoded("cp037", "a"),
                 std::string("The encoding \"cp037\" has other line ends than ASCII, and cannot be read here."));
    }

    void aLineMayEndInTheMiddleOfACharacter()
    {
        QCOMPARE(decoded("shift_jis", "a\x93"), std::string("a\uFFFD"));
        QCOMPARE(decoded("euc_jp", "a\x8F\xB0"), std::string("a\uFFFD\uFFFD"));
        QCOMPARE(decoded("gb18030", "a\x81"), std::string("a\uFFFD"));
        QCOMPARE(decoded("gb18030", "\x81\x30\x81\x30"), std::string("\u0080"));
    }
};

QTEST_GUILESS_MAIN(TextDecoderTest)
#include "TextDecoderTest.moc"
