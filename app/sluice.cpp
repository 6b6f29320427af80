#include "SluiceVersion.h"

#include "shell/Appearance.h"
#include "shell/Icons.h"
#include "shell/MainWindow.h"
#include "shell/Session.h"
#include "shell/Settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

#include <algorithm>

using namespace sluice;

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
        QStringLiteral("Projects, Python logging configurations, and logs of one JSON object a line; "
                       "without a project, the default one listens for Python's SocketHandler."),
        QStringLiteral("[PROJECT…] [LOGFILE…]"));
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

    QApplication application(argc, argv);
    parser.process(application);
    QGuiApplication::setWindowIcon(applicationIcon());
    QGuiApplication::setDesktopFileName(QStringLiteral("sluice"));

    Settings settings;
    Appearance::instance().setMode(Appearance::modeFromName(settings.value(setting::theme).toString()));
    Capture::Options options;
    options.budget =
        std::max<std::size_t>(settings.value(setting::captureBudget).toULongLong(), 4 * options.blockBytes);
    Session session(options);
    MainWindow window(session, settings);
    window.show();

    // The first frame is painted before anything is opened.
    QTimer::singleShot(0, &session, [&] {
        const QStringList files = parser.positionalArguments();
        if (files.isEmpty())
            session.startDefault();
        else
            session.open(files);
    });
    return QApplication::exec();
}
