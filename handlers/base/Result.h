#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>

namespace sluice {

/// A failure as a value: one sentence for people. What failed is in the sentence; where it
/// failed is added by whoever knows the place (a file, a node, a JSON path).
struct Error
{
    std::string text;
};

/// Success, or an Error. The size of a pointer, so that it costs nothing on the hot path.
class [[nodiscard]] Status
{
public:
    Status() = default;
    Status(Error error) : m_error(std::make_unique<Error>(std::move(error))) {}

    bool ok() const { return !m_error; }
    explicit operator bool() const { return ok(); }

    /// Only when not ok().
    const Error &error() const { return *m_error; }

private:
    std::unique_ptr<Error> m_error;
};

/// A T, or why there is none.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_value(std::move(value)) {}
    Result(Error error) : m_value(std::move(error)) {}

    bool ok() const { return m_value.index() == 0; }
    explicit operator bool() const { return ok(); }

    T &value() { return std::get<0>(m_value); }
    const T &value() const { return std::get<0>(m_value); }
    T &operator*() { return value(); }
    const T &operator*() const { return value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    /// Only when not ok().
    const Error &error() const { return std::get<1>(m_value); }

private:
    std::variant<T, Error> m_value;
};

} // namespace sluice
