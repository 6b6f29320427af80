#include "LedgerFile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace sluice {

namespace {

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

QJsonObject countsOf(const SourceStatus &source)
{
    return {{QStringLiteral("accepted"), static_cast<qint64>(source.accepted)},
            {QStringLiteral("delivered"), static_cast<qint64>(source.delivered)},
            {QStringLiteral("pending"), static_cast<qint64>(source.pending)},
            {QStringLiteral("dropped"), static_cast<qint64>(source.dropped)},
            {QStringLiteral("rejected"), static_cast<qint64>(source.rejected)}};
}

QJsonObject sourceObject(const SourceStatus &source)
{
    QJsonObject object = countsOf(source);
    object.insert(u"receiver", text(source.receiver));
    object.insert(u"peer", text(source.peer));
    if (!source.lastRejection.empty())
        object.insert(u"lastRejection", text(source.lastRejection));
    QJsonArray drops;
    for (const DropStatus &drop : source.drops) {
        drops.append(QJsonObject{{QStringLiteral("node"), text(drop.node)},
                                 {QStringLiteral("reason"), text(drop.reason)},
                                 {QStringLiteral("count"), static_cast<qint64>(drop.count)},
                                 {QStringLiteral("sample"), text(drop.sample)}});
    }
    object.insert(u"drops", drops);
    return object;
}

QString stateName(NodeStatus::State state)
{
    switch (state) {
    case NodeStatus::State::Stopped: return QStringLiteral("stopped");
    case NodeStatus::State::Running: return QStringLiteral("running");
    case NodeStatus::State::Finished: return QStringLiteral("finished");
    case NodeStatus::State::Failed: return QStringLiteral("failed");
    }
    return {};
}

QJsonObject nodeObject(const NodeStatus &node)
{
    QJsonObject object{{QStringLiteral("id"), text(node.id)},
                       {QStringLiteral("state"), stateName(node.state)},
                       {QStringLiteral("received"), static_cast<qint64>(node.received)},
                       {QStringLiteral("filtered"), static_cast<qint64>(node.filtered)},
                       {QStringLiteral("dropped"), static_cast<qint64>(node.dropped)}};
    if (!node.reason.empty())
        object.insert(u"reason", text(node.reason));
    return object;
}

} // namespace

Status writeLedger(const RouterStatus &status, const std::string &path)
{
    QJsonArray sources;
    for (const SourceStatus &source : status.sources)
        sources.append(sourceObject(source));
    QJsonArray nodes;
    for (const NodeStatus &node : status.nodes)
        nodes.append(nodeObject(node));
    const QByteArray json = QJsonDocument(QJsonObject{{QStringLiteral("total"), countsOf(status.total())},
                                                      {QStringLiteral("sources"), sources},
                                                      {QStringLiteral("nodes"), nodes}})
                                .toJson();
    QFile file;
    if (path == "-") {
        if (!file.open(stdout, QIODevice::WriteOnly))
            return Error{"The ledger cannot be written to standard output."};
    } else {
        file.setFileName(text(path));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return Error{"The ledger cannot be written to " + path + ": " + file.errorString().toStdString() + "."};
    }
    if (file.write(json) != json.size() || !file.flush())
        return Error{"The ledger cannot be written to " + path + ": " + file.errorString().toStdString() + "."};
    return {};
}

} // namespace sluice
