#include "handler/DesktopNotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QStringList>
#include <QVariantMap>

#include <atomic>
#include <optional>

namespace sluice {

namespace {

constexpr int timeout = 5000;

QDBusMessage callTo(const char *method)
{
    return QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QString::fromLatin1(method));
}

/// https://specifications.freedesktop.org/notification-spec/
class DBusNotifier final : public DesktopNotifier
{
public:
    explicit DBusNotifier(QString name)
        : m_name(std::move(name)), m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name))
    {
    }
    ~DBusNotifier() override { QDBusConnection::disconnectFromBus(m_name); }

    bool isConnected() const { return m_bus.isConnected(); }

    Status show(const std::string &title, const std::string &text, bool urgent) override
    {
        if (!m_readsMarkup) {
            const QDBusMessage answer = m_bus.call(callTo("GetCapabilities"), QDBus::Block, timeout);
            if (answer.type() == QDBusMessage::ErrorMessage)
                return failure(answer);
            m_readsMarkup = answer.arguments().value(0).toStringList().contains(QStringLiteral("body-markup"));
        }
        QString body = QString::fromStdString(text);
        if (*m_readsMarkup)
            body = body.toHtmlEscaped();
        QDBusMessage message = callTo("Notify");
        message << QStringLiteral("Sluice") << m_shown << QStringLiteral("sluice") << QString::fromStdString(title) << body
                << QStringList() << QVariantMap{{QStringLiteral("urgency"), QVariant::fromValue<uchar>(urgent ? 2 : 1)}} << -1;
        const QDBusMessage answer = m_bus.call(message, QDBus::Block, timeout);
        if (answer.type() == QDBusMessage::ErrorMessage)
            return failure(answer);
        // The next one takes its place, so that a storm does not fill the screen.
        m_shown = answer.arguments().value(0).toUInt();
        return {};
    }

private:
    Status failure(const QDBusMessage &answer)
    {
        // Who shows notifications may be another the next time.
        m_readsMarkup.reset();
        m_shown = 0;
        return Error{"The desktop shows no notification: " + answer.errorMessage().left(200).toStdString()};
    }

    const QString m_name;
    QDBusConnection m_bus;
    std::optional<bool> m_readsMarkup;
    uint m_shown = 0;
};

} // namespace

Result<std::unique_ptr<DesktopNotifier>> DesktopNotifier::create()
{
    static std::atomic<unsigned> number{0};
    auto notifier = std::make_unique<DBusNotifier>(QStringLiteral("sluice notifications %1").arg(++number));
    if (!notifier->isConnected())
        return Error{"There is no desktop to show notifications on: the session has no D-Bus."};
    return std::unique_ptr<DesktopNotifier>(std::move(notifier));
}

} // namespace sluice
