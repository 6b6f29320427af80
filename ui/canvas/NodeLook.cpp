#include "canvas/NodeLook.h"

#include "look/Appearance.h"

#include <QCoreApplication>
#include <QHash>
#include <QPainter>

namespace sluice::nodelook {

QString iconOf(const NodeType &type)
{
    static const QHash<QString, QString> icons{
        {QStringLiteral("SocketReceiver"), QStringLiteral("listen")},
        {QStringLiteral("DatagramReceiver"), QStringLiteral("listen")},
        {QStringLiteral("CutelogReceiver"), QStringLiteral("listen")},
        {QStringLiteral("SyslogReceiver"), QStringLiteral("node-syslog")},
        {QStringLiteral("HttpReceiver"), QStringLiteral("node-web")},
        {QStringLiteral("FileReceiver"), QStringLiteral("node-file")},
        {QStringLiteral("JsonLinesReceiver"), QStringLiteral("node-file")},
        {QStringLiteral("ProgramReceiver"), QStringLiteral("node-program")},
        {QStringLiteral("TextReceiver"), QStringLiteral("node-stream")},
        {QStringLiteral("ConsoleHandler"), QStringLiteral("node-console")},
        {QStringLiteral("StreamHandler"), QStringLiteral("node-stream")},
        {QStringLiteral("FileHandler"), QStringLiteral("node-file")},
        {QStringLiteral("WatchedFileHandler"), QStringLiteral("node-watch")},
        {QStringLiteral("RotatingFileHandler"), QStringLiteral("node-rotate")},
        {QStringLiteral("TimedRotatingFileHandler"), QStringLiteral("node-clock")},
        {QStringLiteral("SocketHandler"), QStringLiteral("node-socket")},
        {QStringLiteral("DatagramHandler"), QStringLiteral("node-socket")},
        {QStringLiteral("SysLogHandler"), QStringLiteral("node-syslog")},
        {QStringLiteral("NTEventLogHandler"), QStringLiteral("node-events")},
        {QStringLiteral("SMTPHandler"), QStringLiteral("node-mail")},
        {QStringLiteral("HTTPHandler"), QStringLiteral("node-web")},
        {QStringLiteral("MemoryHandler"), QStringLiteral("node-memory")},
        {QStringLiteral("QueueHandler"), QStringLiteral("node-queue")},
        {QStringLiteral("NullHandler"), QStringLiteral("node-null")},
        {QStringLiteral("NotificationHandler"), QStringLiteral("node-bell")},
    };
    if (type.isUnsupported())
        return QStringLiteral("node-unknown");
    const auto found = icons.constFind(QString::fromStdString(type.name()));
    if (found != icons.constEnd())
        return *found;
    switch (type.kind()) {
    case NodeKind::Receiver:
        return QStringLiteral("listen");
    case NodeKind::Filter:
        return QStringLiteral("node-filter");
    case NodeKind::Logger:
        return QStringLiteral("node-logger");
    case NodeKind::Handler:
        break;
    }
    return QStringLiteral("node-file");
}

QColor colorOf(NodeKind kind)
{
    const Theme &theme = Appearance::theme();
    switch (kind) {
    case NodeKind::Receiver:
        return theme.color("kindReceiver");
    case NodeKind::Filter:
        return theme.color("kindFilter");
    case NodeKind::Logger:
        return theme.color("kindLogger");
    case NodeKind::Handler:
        break;
    }
    return theme.color("kindHandler");
}

QString headingOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Receiver:
        return QCoreApplication::translate("sluice::nodelook", "Receivers");
    case NodeKind::Filter:
        return QCoreApplication::translate("sluice::nodelook", "Filters");
    case NodeKind::Logger:
        return QCoreApplication::translate("sluice::nodelook", "Loggers");
    case NodeKind::Handler:
        break;
    }
    return QCoreApplication::translate("sluice::nodelook", "Handlers");
}

QString wordOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Receiver:
        return QCoreApplication::translate("sluice::nodelook", "receiver");
    case NodeKind::Filter:
        return QCoreApplication::translate("sluice::nodelook", "filter");
    case NodeKind::Logger:
        return QCoreApplication::translate("sluice::nodelook", "logger");
    case NodeKind::Handler:
        break;
    }
    return QCoreApplication::translate("sluice::nodelook", "handler");
}

void paintState(QPainter &painter, const QPointF &centre, NodeStatus::State state)
{
    const Theme &theme = Appearance::theme();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (state) {
    case NodeStatus::State::Running:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color("ok"));
        painter.drawEllipse(centre, 4, 4);
        break;
    case NodeStatus::State::Finished:
    case NodeStatus::State::Stopped:
        painter.setPen(QPen(theme.color("stopped"), 1.5));
        painter.setBrush(state == NodeStatus::State::Finished ? QBrush(theme.color("stopped"))
                                                              : QBrush(Qt::NoBrush));
        painter.drawEllipse(centre, 3.25, 3.25);
        break;
    case NodeStatus::State::Failed:
        painter.setPen(QPen(theme.color("problem"), 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(centre + QPointF(-3.5, -3.5), centre + QPointF(3.5, 3.5));
        painter.drawLine(centre + QPointF(-3.5, 3.5), centre + QPointF(3.5, -3.5));
        break;
    }
    painter.restore();
}

} // namespace sluice::nodelook
