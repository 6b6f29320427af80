#include "receiver/FilePositions.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sluice {

namespace {

/// JSON's numbers are doubles, which an inode may be too large for.
QString textOf(std::uint64_t number) { return QString::number(number); }
std::uint64_t numberOf(const QJsonValue &value) { return value.toString().toULongLong(); }

constexpr qint64 maxBytes = 16 << 20;

} // namespace

Status FilePositions::load()
{
    m_entries.clear();
    if (!isKept())
        return {};
    QFile file(QString::fromStdString(m_path));
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return Error{"The positions in " + m_path + " cannot be read: " + file.errorString().toStdString() + "."};
    const QJsonDocument document = QJsonDocument::fromJson(file.read(maxBytes));
    const QJsonValue list = document.object()[QStringLiteral("files")];
    if (!list.isArray())
        return Error{"The file " + m_path + " holds no positions of files."};
    for (const QJsonValue value : list.toArray()) {
        const QJsonObject object = value.toObject();
        Entry entry;
        entry.path = object[QStringLiteral("path")].toString().toStdString();
        entry.identity = {numberOf(object[QStringLiteral("device")]), numberOf(object[QStringLiteral("inode")])};
        entry.offset = numberOf(object[QStringLiteral("offset")]);
        entry.fingerprint = numberOf(object[QStringLiteral("fingerprint")]);
        m_entries.push_back(std::move(entry));
    }
    return {};
}

Status FilePositions::save(std::vector<Entry> entries)
{
    if (!isKept() || entries == m_entries)
        return {};
    QJsonArray list;
    for (const Entry &entry : entries) {
        list.append(QJsonObject{{QStringLiteral("path"), QString::fromStdString(entry.path)},
                                {QStringLiteral("device"), textOf(entry.identity.device)},
                                {QStringLiteral("inode"), textOf(entry.identity.inode)},
                                {QStringLiteral("offset"), textOf(entry.offset)},
                                {QStringLiteral("fingerprint"), textOf(entry.fingerprint)}});
    }
    const QByteArray json = QJsonDocument(QJsonObject{{QStringLiteral("files"), list}}).toJson();
    const std::string fresh = m_path + ".new";
    auto file = NativeFile::open(fresh, NativeFile::Mode::Truncate);
    if (!file)
        return file.error();
    const auto written = file->write({json.constData(), std::size_t(json.size())});
    if (!written.status.ok())
        return Error{written.status.error().text};
    if (Status status = file->sync(); !status)
        return status;
    if (Status status = file->close(); !status)
        return status;
    if (Status status = files::rename(fresh, m_path); !status)
        return status;
    m_entries = std::move(entries);
    return {};
}

} // namespace sluice
