// Python literals: nothing crashes, leaks or hangs, and a value that was read is the same when it is written and read again.
#include "Require.h"

#include "chain/PythonLiteral.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace sluice;

namespace {

QString literal(const QString &text)
{
    QString out = QStringLiteral("'");
    for (const QChar c : text)
        out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    return out + u'\'';
}

QString literal(const QJsonValue &value)
{
    QString out;
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? QStringLiteral("True") : QStringLiteral("False");
    case QJsonValue::Double: return QString::number(value.toDouble(), 'g', 17);
    case QJsonValue::String:
        // The names that stand for themselves.
        return value.toString().startsWith(u"ext://") ? value.toString().mid(6) : literal(value.toString());
    case QJsonValue::Array:
        for (const QJsonValue item : value.toArray())
            out += literal(item) + u',';
        return u'[' + out + u']';
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            out += literal(it.key()) + u':' + literal(it.value()) + u',';
        return u'{' + out + u'}';
    }
    default: return QStringLiteral("None");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Result<QJsonValue> value = readPythonLiteral(QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
    if (!value)
        return 0;
    const QString written = literal(*value);
    const Result<QJsonValue> again = readPythonLiteral(written);
    SLUICE_REQUIRE(again.ok() || written.size() > 60000);
    if (again.ok())
        SLUICE_REQUIRE(*again == *value);
    return 0;
}
