#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLineF>
#include <QPoint>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <optional>

namespace sluice::test {

/// The mouse and the keyboard of an X display, moved by xdotool: what QtTest sends drives no drag and drop. Waits in the event
/// loop until the display has been told all; what the window makes of it comes a little later. Points are those of the screen.
class RealMouse
{
public:
    static bool isThere() { return QGuiApplication::platformName() == QStringLiteral("xcb") && !qEnvironmentVariableIsEmpty("DISPLAY"); }

    static bool click(const QPoint &at, int times = 1)
    {
        return xdotool(move(at) + QStringList{QStringLiteral("click"), QStringLiteral("--repeat"), QString::number(times), QStringLiteral("--delay"), QStringLiteral("60"), QStringLiteral("1")});
    }

    static bool drag(const QPoint &from, const QPoint &to)
    {
        const QStringList words = move(from) + QStringList{QStringLiteral("mousedown"), QStringLiteral("1")} + pause();
        return xdotool(words + moves(from, to) + pause() + QStringList{QStringLiteral("mouseup"), QStringLiteral("1")} + pause());
    }

    /// Takes something at `from`, holds it over `over`, and lets it go at the point that `to` has once it has one. A drag has an event
    /// loop of its own, in which the mouse goes on meanwhile.
    static bool carry(const QPoint &from, const QPoint &over, const std::function<std::optional<QPoint>()> &to)
    {
        constexpr int patience = 30'000;
        QProcess mouse;
        mouse.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        mouse.start(QStringLiteral("xdotool"), move(from) + QStringList{QStringLiteral("mousedown"), QStringLiteral("1")} + pause() + moves(from, over));
        bool isLetGo = false;
        QElapsedTimer since;
        since.start();
        QTimer next;
        QObject::connect(&next, &QTimer::timeout, [&] {
            if (isLetGo || mouse.state() != QProcess::NotRunning)
                return;
            const std::optional<QPoint> end = to();
            if (!end && since.elapsed() < patience)
                return;
            isLetGo = true;
            // Whoever is dropped on has to have been told of the pointer first: it rests before the button is released.
            const QStringList way = end ? moves(over, *end) + pause() + pause() : QStringList();
            mouse.start(QStringLiteral("xdotool"), way + QStringList{QStringLiteral("mouseup"), QStringLiteral("1")} + pause());
        });
        next.start(20);
        while ((!isLetGo || mouse.state() != QProcess::NotRunning) && since.elapsed() < 2 * patience)
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 50);
        return isLetGo && since.elapsed() < patience && mouse.state() == QProcess::NotRunning && mouse.exitCode() == 0;
    }

    static bool type(const QString &text) { return xdotool({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("8"), QStringLiteral("--"), text}); }
    static bool key(const char *keys) { return xdotool({QStringLiteral("key"), QLatin1String(keys)}); }
    /// Opens a dialog by keys, types a text into it and presses Enter. The dialog has the event loop meanwhile.
    static bool answer(const char *keys, const QString &title, const QString &text)
    {
        const QString script = QStringLiteral("xdotool key \"$0\" && xdotool search --sync --onlyvisible --name \"$1\" windowactivate --sync && "
                                              "xdotool key ctrl+a type --delay 8 -- \"$2\" && xdotool key Return");
        return run(QStringLiteral("bash"), {QStringLiteral("-c"), script, QLatin1String(keys), title, text});
    }

private:
    static QStringList pause() { return {QStringLiteral("sleep"), QStringLiteral("0.06")}; }
    static QStringList move(const QPoint &to)
    {
        return QStringList{QStringLiteral("mousemove"), QString::number(to.x()), QString::number(to.y()), QStringLiteral("sleep"), QStringLiteral("0.03")};
    }
    /// As a hand goes: what is dragged, and what is dragged over, has to see it come.
    static QStringList moves(const QPoint &from, const QPoint &to)
    {
        constexpr int steps = 10;
        QStringList words;
        for (int i = 1; i <= steps; ++i)
            words += move(QLineF(from, to).pointAt(i / double(steps)).toPoint());
        return words;
    }
    static bool xdotool(const QStringList &words) { return run(QStringLiteral("xdotool"), words); }

    static bool run(const QString &program, const QStringList &words)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(program, words);
        QElapsedTimer timer;
        timer.start();
        while (process.state() != QProcess::NotRunning && timer.elapsed() < 60'000)
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 50);
        for (int i = 0; i < 5; ++i) // what has come already
            QCoreApplication::processEvents();
        return process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }
};

} // namespace sluice::test
