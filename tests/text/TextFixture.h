#pragma once

#include "text/TextFormats.h"
#include "text/TextLines.h"
#include "wire/JsonWriter.h"

#include <memory>
#include <string>
#include <string_view>

/// A text, read whole with a format. The text lives as long as this.
class ReadText
{
public:
    ReadText(const sluice::TextFormat &format, std::string text,
             sluice::TextContext context = sluice::TextContext(*sluice::TextZone::create("UTC"), reference))
        : m_text(std::move(text))
    {
        const std::string_view all = m_text;
        std::size_t begin = 0;
        const auto add = [&](std::size_t end) {
            m_strange += !format.parse(all.substr(begin, end - begin), batch, context);
            begin = end;
        };
        for (sluice::TextLines lines(all); lines.next();) {
            const auto at = static_cast<std::size_t>(lines.line().data() - all.data());
            if (at > begin && format.begins(lines.line()))
                add(at);
        }
        if (begin < all.size())
            add(all.size());
    }

    /// 2026-10-12 00:00:00 UTC
    static constexpr sluice::Nanoseconds reference = 1791763200LL * sluice::nanosecondsPerSecond;

    std::size_t size() const { return batch.size(); }
    const sluice::LogRecord &record(std::size_t index) const { return batch.records()[index]; }
    /// Records that are not of the format.
    std::size_t strange() const { return m_strange; }
    std::string json(std::size_t index) const
    {
        std::string out;
        sluice::appendJson(record(index), out);
        return out;
    }
    std::string msg(std::size_t index) const { return std::string(record(index).text(sluice::Attribute::Msg)); }
    /// An extra field as text, whatever it is; "(none)" if it is not there.
    std::string extra(std::size_t index, std::string_view key) const
    {
        for (const sluice::Field &field : record(index).extra) {
            if (field.key.chars() != key)
                continue;
            if (field.value.isText())
                return std::string(field.value.chars());
            std::string out;
            sluice::appendJson(field.value, out);
            return out;
        }
        return "(none)";
    }

    sluice::LogRecordBatch batch;

private:
    std::string m_text;
    std::size_t m_strange = 0;
};
