#include "EndSignals.h"
#include "SluiceVersion.h"

#include "look/Appearance.h"
#include "look/Icons.h"
#include "shell/FontsAhead.h"
#include "shell/MainWindow.h"
#include "shell/Session.h"
#include "shell/Settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

using namespace sluice;

namespace {

QString dataFolder() { return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation); }

/// Where records are kept, as the person wants it; nothing if in memory only.
std::optional<Capture::Disk> diskFor(const Settings &settings, const QString &asked)
{
    if (asked == QStringLiteral("none") || (asked.isEmpty() && !settings.value(setting::keepRecords).toBool()))
        return std::nullopt;
    const QString folder =
        asked.isEmpty() ? dataFolder() + QStringLiteral("/session.capture") : QFileInfo(asked).absoluteFilePath();
    Capture::Disk disk;
    disk.directory = folder.toStdString();
    disk.maxBytes = std::max<std::uint64_t>(settings.value(setting::captureDisk).toULongLong(), disk.segmentBytes);
    constexpr Nanoseconds day = 24 * 3600 * nanosecondsPerSecond;
    disk.maxAge = std::clamp(settings.value(setting::captureDays).toInt(), 0, 36'500) * day;
    return disk;
}

/// Calls once, when the window has been painted for the first time; a window that nobody sees, minimised from the
/// start, is not waited for.
class AfterFirstFrame : public QObject
{
public:
    AfterFirstFrame(QWidget *window, std::function<void()> call) : QObject(window), m_call(std::move(call))
    {
        window->installEventFilter(this);
        QTimer::singleShot(500, this, [this] { go(); });
    }

protected:
    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            object->removeEventFilter(this);
            QTimer::singleShot(0, this, [this] { go(); });
        }
        return false;
    }

private:
    void go()
    {
        if (const auto call = std::exchange(m_call, {}))
            call();
    }

    std::function<void()> m_call;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(QStringLiteral("sluice"));
    QCoreApplication::setOrganizationName(QStringLiteral("Sluice"));
    QCoreApplication::setApplicationVersion(QLatin1String(version));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Console and router for live log records."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("files"),
        QStringLiteral("Projects, Python logging configurations, and logs in any usual format; - is standard input. "
                       "Without any, the default project listens for Python's SocketHandler and others."),
        QStringLiteral("[PROJECT…] [LOGFILE…|-]"));
    const QCommandLineOption captureOption(
        QStringLiteral("capture"),
        QStringLiteral("Keep records in this directory, or, with \"none\", in memory only."),
        QStringLiteral("directory"));
    parser.addOption(captureOption);
    {
        // --help and --version need no display.
        QStringList arguments;
        for (int i = 0; i < argc; ++i)
            arguments << QString::fromLocal8Bit(argv[i]);
        const auto asks = [](const QString &a) {
            return a == QStringLiteral("--help") || a == QStringLiteral("-h") ||
                   a == QStringLiteral("--version") || a == QStringLiteral("-v");
        };
        if (std::ranges::any_of(arguments, asks)) {
            const QCoreApplication application(argc, argv);
            parser.process(arguments);
        }
    }

    FontsAhead fonts;
    QApplication application(argc, argv);
    parser.process(application);
    QGuiApplication::setDesktopFileName(QStringLiteral("sluice"));

    Settings settings;
    std::optional<Appearance::Undressed> undressed(std::in_place);
    Appearance::instance().setMode(Appearance::modeFromName(settings.value(setting::theme).toString()));
    Capture::Options options;
    options.budget =
        std::max<std::size_t>(settings.value(setting::captureBudget).toULongLong(), 4 * options.blockBytes);
    Session session(options, dataFolder());
    fonts.wait();
    MainWindow window(session, settings);
    undressed.reset();
    window.show();
    const EndSignals signals;
    QObject::connect(&signals, &EndSignals::asked, &application, &QApplication::closeAllWindows);

    new AfterFirstFrame(&window, [&] {
        QGuiApplication::setWindowIcon(applicationIcon()); // the window manager reads it before it shows a window
        if (const auto disk = diskFor(settings, parser.value(captureOption)))
            session.keepRecords(*disk);
        session.findDrawings();
        const QStringList files = parser.positionalArguments();
        if (files.isEmpty())
            session.startDefault();
        else
            session.open(files);
    });
    return QApplication::exec();
}
