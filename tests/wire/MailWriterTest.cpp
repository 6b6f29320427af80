#include "support/Patience.h"
#include "wire/MailWriter.h"

#include "ShowStrings.h"
#include "base/CalendarTime.h"
#include "format/PythonCases.h"
#include "support/SystemWords.h"

using namespace sluice;

namespace {

std::vector<std::string> textsOf(const QJsonValue &array)
{
    std::vector<std::string> texts;
    for (const QJsonValue text : array.toArray())
        texts.push_back(test::bytesOf(text));
    return texts;
}

std::string subjectOf(const std::string &mail)
{
    const std::size_t begin = mail.find("Subject:");
    return mail.substr(begin, mail.find("Date:") - begin);
}

} // namespace

class MailWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheBytesOfPythonsMails_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::newRow("UTC") << QByteArray("UTC");
        QTest::newRow("London") << QByteArray("Europe/London");
        QTest::newRow("Kolkata") << QByteArray("Asia/Kolkata");
        QTest::newRow("St John's") << QByteArray("America/St_Johns");
    }

    void writesTheBytesOfPythonsMails()
    {
        QFETCH(QByteArray, zone);
        if (isWindows && zone != "UTC")
            QSKIP("Windows knows no such names of zones");
        qputenv("TZ", zone);
        readTimeZone();
        const auto cases = test::pythonCases(QStringLiteral("wire/mail_cases.py"),
                                             {QString::number(zone.size()), QStringLiteral("900")});
        QCOMPARE(cases.size(), 900u);
        int written = 0;
        int refused = 0;
        for (const QJsonArray &one : cases) {
            const std::string from = test::bytesOf(one[0]);
            const std::string subject = test::bytesOf(one[2]);
            const QByteArray about = QJsonDocument(one).toJson(QJsonDocument::Compact);
            const QJsonArray answer = one[5].toArray();
            const auto writer = MailWriter::create(from, textsOf(one[1]));
            QVERIFY2(writer.ok(), (writer ? std::string() : writer.error().text).c_str());
            const auto mail = writer->write(subject, one[4].toInteger() * nanosecondsPerSecond, test::bytesOf(one[3]));
            if (mail.ok() != (answer[0].toString() == QLatin1String("ok")))
                QFAIL("Python: " + QByteArray::fromHex(answer[1].toString().toLatin1()) + "\nhere: " +
                      QByteArray::fromStdString(mail ? *mail : mail.error().text) + "\n" + about);
            ++(mail ? written : refused);
            if (!mail)
                continue;
            if (*mail != test::bytesOf(answer[1]))
                QFAIL("Python:\n" + QByteArray::fromHex(answer[1].toString().toLatin1()) + "\nhere:\n" +
                      QByteArray::fromStdString(*mail) + "\n" + about);
            QCOMPARE(writer->sender(), test::bytesOf(answer[2]));
            for (std::size_t i = 0; i < writer->recipients().size(); ++i)
                QCOMPARE(writer->recipients()[i], textsOf(answer[3]).at(i));
            QCOMPARE(writer->recipients().size(), textsOf(answer[3]).size());
        }
        QVERIFY(written > 700);
        QVERIFY(refused > 10);
    }

    void sendsToAnAddressOfNumbers()
    {
        // CPython gives the server an empty address here.
        const auto writer = MailWriter::create("a@b", {"me@[127.0.0.1]"});
        QCOMPARE(writer->recipients(), (std::vector<std::string>{"me@[127.0.0.1]"}));
        QVERIFY(writer->write("s", 0, "x")->find("\r\nTo: me@[127.0.0.1]\r\n") != std::string::npos);
    }

    void refusesWhatWouldAddHeaders()
    {
        const auto writer = MailWriter::create("a@b", {"c@d"});
        QVERIFY(!writer->write("hello\r\nBcc: everyone@example.com", 0, "x"));
        QVERIFY(!MailWriter::create("a@b\r\nBcc: e@x", {"c@d"}));
        QVERIFY(!MailWriter::create("a@b", {"c@d\n"}));
        // A line end at the end is no second line; Python keeps it, encoded.
        QCOMPARE(subjectOf(*writer->write("hello\n", 0, "x")), std::string("Subject: =?utf-8?q?hello=0A?=\r\n"));
    }

    void refusesAddressesThatItDoesNotUnderstand()
    {
        for (const char *text : {"", ",", "a@b,", "a b", "a@b c", "team: a@b;", "a@b (comment)", "<@r:a@b>", "a..b@c", "\"open", "<a@b",
                                 "a@", "@b", "a@[b", "\xFF@b"})
            QVERIFY2(!MailWriter::create(text, {"c@d"}), text);
    }
};

QTEST_GUILESS_MAIN(MailWriterTest)
#include "MailWriterTest.moc"
