#include "handler/NotificationHandler.h"

#include "handler/HandlerFixtures.h"
#include "handler/RehearsedNotificationHandler.h"
#include "support/Patience.h"
#include "support/Program.h"
#include "support/Python.h"
#include "support/TestPaths.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace sluice;

namespace {

struct Notification
{
    std::string title;
    std::string text;
    int urgency;
    unsigned replaces;

    bool operator==(const Notification &) const = default;
};

/// What a desktop has on the bus.
class Desktop : public QDBusVirtualObject
{
public:
    explicit Desktop(bool markup) : m_markup(markup) {}

    QString introspect(const QString &) const override { return {}; }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        if (message.member() == QLatin1String("GetCapabilities")) {
            QStringList capabilities{QStringLiteral("body")};
            if (m_markup)
                capabilities << QStringLiteral("body-markup");
            return bus.send(message.createReply(capabilities));
        }
        if (message.member() != QLatin1String("Notify") || message.signature() != QLatin1String("susssasa{sv}i"))
            return false;
        const QVariantList arguments = message.arguments();
        const auto hints = qdbus_cast<QVariantMap>(arguments[6]);
        seen.push_back({arguments[3].toString().toStdString(), arguments[4].toString().toStdString(),
                        hints.value(QStringLiteral("urgency")).toInt(), arguments[1].toUInt()});
        return bus.send(message.createReply(7u));
    }

    std::vector<Notification> seen;

private:
    const bool m_markup;
};

} // namespace

/// Against a real message bus of its own. The desktop's part is on it; calls are answered while the test waits.
class NotificationHandlerTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Program> m_daemon;
    std::unique_ptr<Desktop> m_desktop;

    void beDesktop(bool markup)
    {
        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("desktop"));
        m_desktop = std::make_unique<Desktop>(markup);
        QVERIFY(bus.registerVirtualObject(QStringLiteral("/org/freedesktop/Notifications"), m_desktop.get()));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.Notifications")));
    }

    /// Calls on a thread of its own, as the router does, while the desktop answers.
    static void whileTheDesktopAnswers(const std::function<void()> &call)
    {
        std::atomic<bool> done{false};
        std::thread thread([&] {
            call();
            done = true;
        });
        QTRY_VERIFY(done);
        thread.join();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_daemon = std::make_unique<Program>(
            QStringLiteral("dbus-daemon"), QStringList{QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        const QByteArray address = m_daemon->readLine();
        QVERIFY(!address.isEmpty());
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    }

    void cleanup()
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
        m_desktop.reset();
    }

    void showsARecordAsPlainText_data()
    {
        QTest::addColumn<bool>("markup");
        QTest::newRow("desktop that reads markup") << true;
        QTest::newRow("desktop that does not") << false;
    }

    void showsARecordAsPlainText()
    {
        QFETCH(bool, markup);
        beDesktop(markup);
        NotificationHandler handler(std::chrono::hours(1));
        test::Errors errors(handler);
        test::Records records({"<b>disk</b> & \"co\"\x01"}, level::Critical);
        records.batch().records()[0].set(Attribute::Levelname, Value::text("CRITICAL"));
        whileTheDesktopAnswers([&] { handler.handle(records.all()); });
        QCOMPARE(errors.seen, std::vector<std::string>());
        QCOMPARE(m_desktop->seen.size(), 1u);
        QCOMPARE(m_desktop->seen[0].title, std::string("CRITICAL · test"));
        QCOMPARE(m_desktop->seen[0].text, std::string(markup ? "&lt;b&gt;disk&lt;/b&gt; &amp; &quot;co&quot; " : "<b>disk</b> & \"co\" "));
        QCOMPARE(m_desktop->seen[0].urgency, 2);
    }

    void stormIsOneNotificationAndACount()
    {
        beDesktop(false);
        NotificationHandler handler(std::chrono::hours(1));
        test::Errors errors(handler);
        whileTheDesktopAnswers([&] {
            handler.handle(test::Records({"first"}).all());
            handler.handle(test::Records({"a", "b"}).all());
            handler.handle(test::Records({"bad"}, level::Error).all());
            handler.handle(test::Records({"c"}).all());
            handler.close();
        });
        QCOMPARE(m_desktop->seen.size(), 2u);
        QCOMPARE(m_desktop->seen[0].text, std::string("first"));
        QCOMPARE(m_desktop->seen[1].text, std::string("bad\n(and 3 more records)"));
        QCOMPARE(m_desktop->seen[1].replaces, 7u);
        QVERIFY(errors.seen.empty());
    }

    void aRehearsalShowsWhatTheDesktopGets()
    {
        beDesktop(false);
        constexpr auto interval = std::chrono::seconds(10);
        const auto output = std::make_shared<RehearsedOutput>();
        RehearsedNotificationHandler rehearsed(interval, output);
        NotificationHandler real(interval);
        test::Errors errors(real);
        test::Records records({"first", "a\nb", "<b>\x01</b>", "", std::string(2000, 'x') + "é", "last of an interval", "é and \xE2\x82\xAC", "later"});
        std::size_t i = 0;
        for (LogRecord &record : records.batch().records()) {
            const bool isWorse = i % 3 == 1;
            record.created = (1'717'588'800 + static_cast<Nanoseconds>(i) * 4) * nanosecondsPerSecond;
            record.set(Attribute::Levelno, Value::integer(isWorse ? level::Critical : level::Info));
            record.set(Attribute::Levelname, Value::text(isWorse ? "CRITICAL" : "INFO"));
            ++i;
        }
        rehearsed.setRecordClock(true);
        real.setRecordClock(true);
        rehearsed.handle(records.all());
        whileTheDesktopAnswers([&] { real.handle(records.all()); });
        QCOMPARE(errors.seen, std::vector<std::string>());
        const auto &shown = output->firstSamples();
        QVERIFY(shown.size() >= 3 && shown.size() < i);
        QCOMPARE(m_desktop->seen.size(), shown.size());
        for (std::size_t one = 0; one < shown.size(); ++one) {
            QCOMPARE(m_desktop->seen[one].title, shown[one].title);
            // A desktop gets no control characters.
            std::string text = shown[one].bytes;
            std::ranges::replace(text, '\x01', ' ');
            QCOMPARE(m_desktop->seen[one].text, text);
        }
    }

    void whatWasHeldBackIsToldWhenTheIntervalIsOver()
    {
        beDesktop(false);
        NotificationHandler handler(std::chrono::milliseconds(200));
        test::Errors errors(handler);
        whileTheDesktopAnswers([&] { handler.handle(test::Records({"first", "second"}).all()); });
        QTRY_COMPARE(m_desktop->seen.size(), 2u);
        QCOMPARE(m_desktop->seen[1].text, std::string("second"));
    }

    void longTextIsCutAtACharacter()
    {
        beDesktop(false);
        NotificationHandler handler(std::chrono::hours(1));
        test::Errors errors(handler);
        std::string text = "x";
        while (text.size() < 10'000)
            text += "é";
        whileTheDesktopAnswers([&] { handler.handle(test::Records({text}).all()); });
        QVERIFY(m_desktop->seen.at(0).text.size() < 600);
        QVERIFY(m_desktop->seen.at(0).text.ends_with("é…"));
    }

    void withoutADesktopTheRecordIsReported()
    {
        NotificationHandler handler(std::chrono::hours(1));
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY2(errors.seen[0].starts_with("a: The desktop shows no notification: "), errors.seen[0].c_str());
    }

    void withoutABusTheNodeSaysSo()
    {
        QTemporaryDir folder;
        const QString project = folder.filePath(QStringLiteral("p.sluice"));
        test::writeFile(project.toStdString(), "{\"sluice\": 1, \"nodes\": [{\"id\": \"n\", \"type\": \"NotificationHandler\"}], \"wires\": []}");
        const PythonResult result = runProgram(
            QStringLiteral("/usr/bin/env"), {QStringLiteral("DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"),
                                             test::inBin("sluicectl"), QStringLiteral("run"), project,
                                             QStringLiteral("--input"), QStringLiteral("/dev/null")});
        QVERIFY(!result.ok);
        QCOMPARE(result.errors.trimmed(),
                 QByteArray("sluicectl: n: There is no desktop to show notifications on: the session has no D-Bus."));
    }
};

QTEST_GUILESS_MAIN(NotificationHandlerTest)
#include "NotificationHandlerTest.moc"
