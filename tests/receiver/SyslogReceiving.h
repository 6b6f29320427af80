#pragma once

#include "receiver/RecordingSink.h"

#include "receiver/SyslogReceiver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>

/// A SyslogReceiver that listens somewhere, and what it has received.
struct SyslogReceiving
{
    QTemporaryDir folder;
    sluice::SyslogReceiverConfig config;
    RecordingSink sink;
    std::unique_ptr<sluice::SyslogReceiver> receiver;

    SyslogReceiving() { config.port = config.tlsPort = 0; }

    QString socketPath() const { return folder.filePath(QStringLiteral("log.sock")); }
    void usePath(const char *type)
    {
        config.path = {socketPath().toStdString()};
        config.pathType = type;
    }
    bool start()
    {
        receiver = std::make_unique<sluice::SyslogReceiver>(config);
        const sluice::Status status = receiver->start(sink);
        if (!status)
            qWarning("%s", status.error().text.c_str());
        return status.ok();
    }
    QString port() const { return QString::number(receiver->port()); }

    QJsonObject record(std::size_t index) const
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(sink.records()[index])).object();
    }
    QString field(std::size_t index, const char *key) const
    {
        return record(index).value(QLatin1String(key)).toVariant().toString();
    }
    QStringList messages() const
    {
        QStringList out;
        for (const std::string &json : sink.records())
            out += QJsonDocument::fromJson(QByteArray::fromStdString(json)).object().value(QLatin1String("msg")).toString();
        return out;
    }
};
