#pragma once

#include <QJsonArray>

#include <optional>
#include <string>

namespace sluice {

/// What a project's file holds besides its chain.
struct ProjectExtras
{
    /// How the window shows its records: views (name, filter, columns, times) and rules that colour them, of the shape that
    /// projectSchema() says. Empty: the project leaves that to its reader.
    QJsonArray views;
    QJsonArray highlights;

    /// The file is no project that somebody saved, but what was drawn of one when a window closed or a program ended.
    struct Drawing
    {
        std::string project; ///< the path of that project; empty: it had none
        std::string folder;  ///< where its relative paths begin
        bool operator==(const Drawing &) const = default;
    };
    std::optional<Drawing> drawing;

    bool hasViews() const { return !views.isEmpty() || !highlights.isEmpty(); }
    bool operator==(const ProjectExtras &) const = default;
};

} // namespace sluice
