#pragma once

#include "record/Value.h"

#include <QByteArray>

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

/// A value in the notation of canonical.py, which tells every kind apart and forgets the order of sets.
inline std::string canonical(const sluice::Value &value)
{
    using Kind = sluice::Value::Kind;
    const auto hex = [](std::string_view bytes) {
        return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex().toStdString();
    };
    const auto joined = [&](char open, char close, bool sorted) {
        std::vector<std::string> parts;
        for (const sluice::Value &item : value.items())
            parts.push_back(canonical(item));
        if (sorted)
            std::ranges::sort(parts);
        std::string out(1, open);
        for (const std::string &part : parts)
            out += part + ",";
        return out + close;
    };
    switch (value.kind()) {
    case Kind::None:
        return "N";
    case Kind::Bool:
        return value.asBool() ? "T" : "F";
    case Kind::Int:
        return "i" + std::to_string(value.asInt());
    case Kind::BigInt:
        return "i" + std::string(value.chars());
    case Kind::Float: {
        const auto bits = std::bit_cast<std::uint64_t>(value.asReal());
        return "f" + QByteArray::number(qulonglong{bits}, 16).rightJustified(16, '0').toStdString();
    }
    case Kind::Text:
        return "s" + hex(value.chars());
    case Kind::Bytes:
        return "b" + hex(value.chars());
    case Kind::List:
        return joined('[', ']', false);
    case Kind::Tuple:
        return joined('(', ')', false);
    case Kind::Set:
        return joined('{', '}', true);
    case Kind::FrozenSet:
        return joined('<', '>', true);
    case Kind::Inert:
        return "x" + std::string(value.chars());
    case Kind::Dict: {
        std::string out = "d{";
        for (const sluice::Field &field : value.entries())
            out += canonical(field.key) + ":" + canonical(field.value) + ",";
        return out + "}";
    }
    }
    return "?";
}
