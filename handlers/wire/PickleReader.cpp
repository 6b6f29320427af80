#include "wire/PickleReader.h"

#include "wire/PickleFinisher.h"
#include "wire/PickleGraph.h"
#include "wire/PickleMachine.h"

namespace sluice {

class PickleReader::Private
{
public:
    explicit Private(PickleLimits given) : limits(given) {}

    const PickleLimits limits;
    PickleGraph graph;
    PickleMachine machine{graph, limits};
    PickleFinisher finisher{graph, limits};
};

PickleReader::PickleReader(PickleLimits limits) : d(std::make_unique<Private>(limits)) {}

PickleReader::~PickleReader() = default;

Result<Value> PickleReader::read(std::string_view pickle, Arena &arena)
{
    d->graph.clear();
    const Result<PickleGraph::Item> built = d->machine.run(pickle, arena);
    if (!built)
        return built.error();
    return d->finisher.finish(*built, arena);
}

} // namespace sluice
