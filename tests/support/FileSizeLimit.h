#pragma once

#include <cstdint>

/// A limit on the size of files of this process, while it lives: a full disk that needs no mount. Not on Windows.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(std::uint64_t bytes);
    ~FileSizeLimit();
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

    bool isSet() const { return m_set; }

private:
    std::uint64_t m_before = 0;
    bool m_set = false;
};
