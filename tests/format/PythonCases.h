#pragma once

#include "record/LogRecordBatch.h"
#include "support/Patience.h"
#include "support/Python.h"

#include <QByteArray>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <string>
#include <vector>

/// Cases that a Python script beside the tests makes, with what CPython answers to each. The script writes
/// one JSON array a line; values in it are tagged, see cases.py.
namespace sluice::test {

inline std::vector<QJsonArray> pythonCases(const QString &script, const QStringList &arguments = {})
{
    const PythonResult python = runPython(("tests/" + script.toStdString()).c_str(), arguments);
    std::vector<QJsonArray> cases;
    if (!python.ok) {
        qWarning("%s", python.errors.constData());
        return cases;
    }
    for (const QByteArray &line : python.output.split('\n')) {
        if (!line.isEmpty())
            cases.push_back(QJsonDocument::fromJson(line).array());
    }
    return cases;
}

/// The bytes of a hexadecimal text.
inline std::string bytesOf(const QJsonValue &hex)
{
    return QByteArray::fromHex(hex.toString().toLatin1()).toStdString();
}

inline Value valueOf(const QJsonValue &tagged, Arena &arena)
{
    const QJsonArray array = tagged.toArray();
    const QString tag = array[0].toString();
    const auto members = [&](Value::Kind kind) {
        const QJsonArray from = array[1].toArray();
        const auto items = arena.allocateArray<Value>(static_cast<std::size_t>(from.size()));
        for (qsizetype i = 0; i < from.size(); ++i)
            items[static_cast<std::size_t>(i)] = valueOf(from[i], arena);
        return Value::sequence(kind, items);
    };
    if (tag == QLatin1String("none"))
        return Value::none();
    if (tag == QLatin1String("bool"))
        return Value::boolean(array[1].toBool());
    if (tag == QLatin1String("int"))
        return Value::integer(array[1].toString().toLongLong());
    if (tag == QLatin1String("big"))
        return Value::bigInteger(arena.copy(array[1].toString().toStdString()));
    if (tag == QLatin1String("float")) {
        const std::string bytes = bytesOf(array[1]);
        double number;
        std::memcpy(&number, bytes.data(), sizeof number);
        return Value::real(number);
    }
    if (tag == QLatin1String("str"))
        return Value::text(arena.copy(bytesOf(array[1])));
    if (tag == QLatin1String("bytes"))
        return Value::bytes(arena.copy(bytesOf(array[1])));
    if (tag == QLatin1String("list"))
        return members(Value::Kind::List);
    if (tag == QLatin1String("tuple"))
        return members(Value::Kind::Tuple);
    if (tag == QLatin1String("set"))
        return members(Value::Kind::Set);
    if (tag == QLatin1String("frozenset"))
        return members(Value::Kind::FrozenSet);
    const QJsonArray from = array[1].toArray();
    const auto entries = arena.allocateArray<Field>(static_cast<std::size_t>(from.size()));
    for (qsizetype i = 0; i < from.size(); ++i)
        entries[static_cast<std::size_t>(i)] = {valueOf(from[i].toArray()[0], arena),
                                                valueOf(from[i].toArray()[1], arena)};
    return Value::dict(entries);
}

/// What CPython answered: ["ok", text] or ["error", sentence].
struct Answer
{
    bool ok;
    std::string text;
};

inline Answer answerOf(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    return {array[0].toString() == QLatin1String("ok"), bytesOf(array[1])};
}

} // namespace sluice::test
