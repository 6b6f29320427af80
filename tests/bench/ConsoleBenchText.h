#pragma once

#include "capture/CaptureFilter.h"
#include "record/Level.h"
#include "record/LogRecordBatch.h"

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace sluice::bench {

/// Messages of about 100 bytes as a busy service writes them; always the same ones in the same order.
class ConsoleText
{
public:
    /// In one of 10,007 messages each.
    static constexpr const char *needle = "upstream timed out";
    static constexpr const char *pattern = "timed out after [0-9]+ ms for (orders|carts)";

    std::string_view next()
    {
        const std::uint64_t i = m_number++;
        const std::uint64_t mixed = (i + 1) * 0x9E3779B97F4A7C15ull;
        int size = 0;
        if (i % 10'007 == 10'006)
            size = std::snprintf(m_line, sizeof m_line,
                                 "upstream timed out after %llu ms for %s, request %016llx, retrying on another host",
                                 static_cast<unsigned long long>(mixed >> 52), i % 2 ? "orders" : "users",
                                 static_cast<unsigned long long>(mixed));
        else
            size = std::snprintf(m_line, sizeof m_line,
                                 "GET /api/v2/%s/%llu?page=%llu answered 200 in %llu.%llu ms, request %016llx, %llu bytes",
                                 i % 3 ? "products" : "customers", static_cast<unsigned long long>(mixed >> 40),
                                 static_cast<unsigned long long>(i % 50), static_cast<unsigned long long>(mixed >> 56),
                                 static_cast<unsigned long long>(i % 10), static_cast<unsigned long long>(mixed),
                                 static_cast<unsigned long long>(mixed >> 44));
        return std::string_view(m_line, static_cast<std::size_t>(size));
    }

    /// The next message as the record that Python's SocketHandler would send.
    LogRecord &fill(LogRecordBatch &batch)
    {
        static constexpr std::string_view loggers[] = {"shop.http", "shop.http.access", "shop.db", "shop.cart"};
        const std::uint64_t i = m_number;
        const std::string_view message = batch.arena().copy(next());
        const bool bad = i % 10'007 == 10'006;
        const Nanoseconds created = 1'700'000'000'000'000'000 + static_cast<Nanoseconds>(i) * 137'000;
        LogRecord &record = batch.add();
        record.set(Attribute::Name, Value::text(loggers[i % 4]));
        record.set(Attribute::Msg, Value::text(message));
        record.set(Attribute::Levelname, Value::text(bad ? "ERROR" : "INFO"));
        record.set(Attribute::Levelno, Value::integer(bad ? level::Error : level::Info));
        record.set(Attribute::Pathname, Value::text("/srv/shop/http/server.py"));
        record.set(Attribute::Filename, Value::text("server.py"));
        record.set(Attribute::Module, Value::text("server"));
        record.set(Attribute::Lineno, Value::integer(42 + static_cast<int>(i % 4)));
        record.set(Attribute::FuncName, Value::text("handle_request"));
        record.set(Attribute::Created, Value::real(toSeconds(created)));
        record.set(Attribute::Msecs, Value::real(static_cast<double>(created % nanosecondsPerSecond / 1'000'000)));
        record.set(Attribute::RelativeCreated, Value::real(static_cast<double>(i) * 0.137));
        record.set(Attribute::Thread, Value::integer(140'245'671'237'440));
        record.set(Attribute::ThreadName, Value::text("MainThread"));
        record.set(Attribute::ProcessName, Value::text("MainProcess"));
        record.set(Attribute::Process, Value::integer(48'211));
        return record;
    }

private:
    std::uint64_t m_number = 0;
    char m_line[256] = {};
};

/// What a person would type.
inline CaptureFilter filterOf(const std::string &expression)
{
    CaptureFilter filter;
    filter.text = expression;
    return filter;
}

} // namespace sluice::bench
