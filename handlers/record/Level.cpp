#include "record/Level.h"

#include <map>
#include <mutex>
#include <shared_mutex>

namespace sluice {

namespace {

class LevelNames
{
public:
    std::string name(int number)
    {
        const std::shared_lock lock(m_mutex);
        const auto found = m_names.find(number);
        return found == m_names.end() ? "Level " + std::to_string(number) : found->second;
    }

    std::optional<int> number(std::string_view name)
    {
        const std::shared_lock lock(m_mutex);
        const auto found = m_numbers.find(name);
        if (found == m_numbers.end())
            return std::nullopt;
        return found->second;
    }

    void add(int number, std::string_view name)
    {
        const std::unique_lock lock(m_mutex);
        m_names.insert_or_assign(number, std::string(name));
        m_numbers.insert_or_assign(std::string(name), number);
    }

private:
    std::shared_mutex m_mutex;
    std::map<int, std::string> m_names{{level::NotSet, "NOTSET"}, {level::Debug, "DEBUG"},
                                       {level::Info, "INFO"},     {level::Warning, "WARNING"},
                                       {level::Error, "ERROR"},   {level::Critical, "CRITICAL"}};
    std::map<std::string, int, std::less<>> m_numbers{
        {"NOTSET", level::NotSet}, {"DEBUG", level::Debug}, {"INFO", level::Info},
        {"WARN", level::Warning},  {"WARNING", level::Warning}, {"ERROR", level::Error},
        {"FATAL", level::Critical}, {"CRITICAL", level::Critical}};
};

LevelNames &levelNames()
{
    static LevelNames names;
    return names;
}

} // namespace

std::string levelName(int number) { return levelNames().name(number); }

std::optional<int> levelNumber(std::string_view name) { return levelNames().number(name); }

void addLevelName(int number, std::string_view name) { levelNames().add(number, name); }

} // namespace sluice
