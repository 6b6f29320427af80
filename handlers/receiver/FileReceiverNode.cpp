#include "receiver/FileReceiver.h"

#include "receiver/ReceiverTrial.h"

#include <utility>

namespace sluice::nodes {

const NodeType &FileReceiver()
{
    using Config = FileReceiverConfig;
    static const auto node = [] {
        Params<Config> params;
        params.param(&Config::paths, "paths", "Files to read, with wildcards: /var/log/app/*.log").required().hint(ParamSpec::Hint::File);
        params.param(&Config::from, "from", "Where to begin in files that are there at the start")
            .usual()
            .oneOf({"end", "start"})
            .suggest({{"end", "what is written from now on"}, {"start", "whole files"}});
        params.param(&Config::follow, "follow", "Go on when the end is reached, as the files grow");
        addTextParams(params);
        params.param(&Config::joinDelay, "joinDelay", "How long a record waits for further lines")
            .range(0.01, 60)
            .unit("seconds");
        params.param(&Config::logger, "logger", "Logger of records whose text names none; empty: root");
        params.param(&Config::announce, "announce", "Tell by a record of the logger sluice.file where files that have a position are gone on with");
        params.param(&Config::positions, "positions", "File that keeps how far was read, to go on there after a restart; empty: none")
            .hint(ParamSpec::Hint::NewFile);
        return Node<Config>(NodeKind::Receiver, "FileReceiver", "Follows log files, through rotation and truncation", params,
                            [](const Config &config, const NodeContext &context) -> Result<NodeType::Instance> {
                                auto text = config.options();
                                if (!text)
                                    return text.error();
                                text->defaultName = config.logger;
                                sluice::FileReceiver::Options options;
                                for (const std::string &path : config.paths)
                                    options.paths.push_back(context.resolve(path));
                                options.fromEnd = config.from == "end";
                                options.follow = config.follow;
                                if (!config.positions.text.empty())
                                    options.positions = context.resolve(config.positions.text);
                                options.announce = config.announce;
                                options.text = std::move(*text);
                                options.patience.lines = std::chrono::milliseconds(std::int64_t(config.joinDelay * 1000));
                                return NodeType::Instance(
                                    std::shared_ptr<Receiver>(std::make_shared<sluice::FileReceiver>(std::move(options))));
                            })
            .triedBy("Test the files",
                     [](const Config &config, const NodeContext &context) {
                         std::vector<std::string> patterns;
                         for (const std::string &path : config.paths)
                             patterns.push_back(context.resolve(path));
                         return receivertrial::tryFiles(patterns);
                     })
            .guarantees([](const Config &config, bool) -> NodeGuarantee {
                using Loss = NodeGuarantee::Loss;
                return {.crash = {Loss::None, !config.positions.text.empty()
                                                  ? "reads its files again from where it was some seconds before, so that records may come twice"
                                              : config.from == "start" ? "reads its files again from their beginning, so that records come twice"
                                                                       : "does not read what was written meanwhile: it begins at the end"},
                        .fullDisk = {},
                        .deadPeer = {},
                        .heldUp = {Loss::None, "reads later"}};
            })
            .describedBy([](const Config &config) {
                if (config.paths.empty())
                    return std::string("no file yet");
                const std::string more = config.paths.size() > 1 ? " and " + std::to_string(config.paths.size() - 1) + " more" : "";
                return config.paths.front() + more + (config.from == "start" ? " · whole" : "");
            })
            .checkedBy([](const Config &config, const std::string &path, Problems &problems) {
                if (config.paths.empty())
                    problems.push_back({path + ".paths", "At least one file is needed."});
                for (std::size_t i = 0; i < config.paths.size(); ++i) {
                    if (config.paths[i].empty())
                        problems.push_back({path + ".paths[" + std::to_string(i) + "]", "The path is empty."});
                }
                checkTextConfig(config, path, problems);
            });
    }();
    return node;
}

} // namespace sluice::nodes
