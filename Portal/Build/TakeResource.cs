using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Build task: writes one manifest resource of a library to a file, without loading the library (it may be for another platform).</summary>
public sealed class TakeResource : Task
{
    [Required]
    public string Library { get; set; }

    [Required]
    public string Resource { get; set; }

    [Required]
    public string Target { get; set; }

    public override bool Execute()
    {
        using (var reader = new PEReader(File.OpenRead(Library)))
        {
            var metadata = reader.GetMetadataReader();
            foreach (var handle in metadata.ManifestResources)
            {
                var resource = metadata.GetManifestResource(handle);
                if (metadata.GetString(resource.Name) != Resource)
                    continue;
                // A resource is its length in four bytes, then its bytes.
                var at = reader.PEHeaders.CorHeader.ResourcesDirectory.RelativeVirtualAddress + (int)resource.Offset;
                var length = reader.GetSectionData(at).GetReader(0, 4).ReadInt32();
                Directory.CreateDirectory(Path.GetDirectoryName(Target));
                File.WriteAllBytes(Target, reader.GetSectionData(at + 4).GetReader(0, length).ReadBytes(length));
                return true;
            }
        }
        Log.LogError("{0} holds no resource {1}.", Library, Resource);
        return false;
    }
}
